// Package vault seals the few values that nobody may read out of a stolen
// database: identity numbers, secrets of second factors.
//
// A ring holds keys; the last one seals, each of them opens. From each key two
// are derived: one encrypts (AES-256-GCM), one makes keyed hashes
// (HMAC-SHA-256) by which equal values are found without opening any. A sealed
// value and a hash begin with the id of their key, so that what was sealed
// under an older key is visible and rotation needs no memory of its own.
//
// A value is bound to its place (a collection, a field, a record): moved to
// another place it doesn't open.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

const (
	// SecretSize is how many bytes a key's secret has.
	SecretSize = 32
	// IDSize is how many characters the id of a key has.
	IDSize = 12
)

var (
	// ErrUnknownKey: the value was sealed under a key that isn't on the ring.
	ErrUnknownKey = errors.New("vault: sealed under a key that is not on the ring")
	// ErrBroken: the value was changed, or belongs to another place.
	ErrBroken = errors.New("vault: sealed value is broken or out of place")
)

var encoding = base64.RawURLEncoding

// key is what is derived from one secret.
type key struct {
	id    string
	aead  cipher.AEAD
	index []byte
}

// Ring seals with its last key and opens with all.
type Ring struct{ keys []key }

// New makes a ring of secrets, the oldest first.
func New(secrets ...[]byte) (*Ring, error) {
	if len(secrets) == 0 {
		return nil, errors.New("vault: a ring needs a key")
	}
	r := &Ring{}
	for _, s := range secrets {
		k, err := derive(s)
		if err != nil {
			return nil, err
		}
		if r.has(k.id) {
			return nil, fmt.Errorf("vault: key %s stands on the ring twice", k.id)
		}
		r.keys = append(r.keys, k)
	}
	return r, nil
}

func derive(secret []byte) (key, error) {
	if len(secret) != SecretSize {
		return key{}, fmt.Errorf("vault: a secret has %d bytes, not %d", SecretSize, len(secret))
	}
	part := func(purpose string) []byte {
		out, err := hkdf.Key(sha256.New, secret, nil, "yaodian/"+purpose, 32)
		if err != nil {
			panic(err) // only for lengths that HKDF can't give
		}
		return out
	}
	block, err := aes.NewCipher(part("seal"))
	if err != nil {
		return key{}, err
	}
	aead, err := cipher.NewGCM(block)
	return key{id: hex.EncodeToString(part("id"))[:IDSize], aead: aead, index: part("index")}, err
}

// NewSecret is a new random secret.
func NewSecret() []byte {
	s := make([]byte, SecretSize)
	_, _ = rand.Read(s) // never fails: crypto/rand ends the program instead
	return s
}

// Current is the id of the key that seals.
func (r *Ring) Current() string { return r.keys[len(r.keys)-1].id }

// IDs lists the ids of all keys, the oldest first.
func (r *Ring) IDs() []string {
	out := make([]string, len(r.keys))
	for i, k := range r.keys {
		out[i] = k.id
	}
	return out
}

func (r *Ring) has(id string) bool {
	_, ok := r.find(id)
	return ok
}

func (r *Ring) find(id string) (key, bool) {
	for _, k := range r.keys {
		if k.id == id {
			return k, true
		}
	}
	return key{}, false
}

// KeyOf is the id of the key under which a value was sealed or hashed.
func KeyOf(sealed string) string {
	id, _, _ := strings.Cut(sealed, ".")
	return id
}

// Seal encrypts plain for a place. Two seals of one value differ.
func (r *Ring) Seal(place, plain string) string {
	k := r.keys[len(r.keys)-1]
	nonce := make([]byte, k.aead.NonceSize(), k.aead.NonceSize()+len(plain)+k.aead.Overhead())
	_, _ = rand.Read(nonce)
	return k.id + "." + encoding.EncodeToString(k.aead.Seal(nonce, nonce, []byte(plain), []byte(place)))
}

// Open decrypts what Seal made for the same place.
func (r *Ring) Open(place, sealed string) (string, error) {
	id, body, ok := strings.Cut(sealed, ".")
	if !ok {
		return "", ErrBroken
	}
	k, ok := r.find(id)
	if !ok {
		return "", ErrUnknownKey
	}
	raw, err := encoding.DecodeString(body)
	if err != nil || len(raw) < k.aead.NonceSize() {
		return "", ErrBroken
	}
	plain, err := k.aead.Open(nil, raw[:k.aead.NonceSize()], raw[k.aead.NonceSize():], []byte(place))
	if err != nil {
		return "", ErrBroken
	}
	return string(plain), nil
}

// Hash is the keyed hash of plain for a purpose under the sealing key. Equal
// values have equal hashes; without the key nobody can try out values.
func (r *Ring) Hash(purpose, plain string) string {
	return r.keys[len(r.keys)-1].hash(purpose, plain)
}

// Hashes is the hash under each key, the sealing one last: what to look for
// while a rotation is under way.
func (r *Ring) Hashes(purpose, plain string) []string {
	out := make([]string, len(r.keys))
	for i, k := range r.keys {
		out[i] = k.hash(purpose, plain)
	}
	return out
}

func (k key) hash(purpose, plain string) string {
	mac := hmac.New(sha256.New, k.index)
	_, _ = fmt.Fprintf(mac, "%d:%s:%s", len(purpose), purpose, plain)
	return k.id + "." + encoding.EncodeToString(mac.Sum(nil))
}
