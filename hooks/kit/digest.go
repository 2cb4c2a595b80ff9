package kit

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Digest is the SHA-256 over texts, each as a netstring (length:bytes,), in
// hexadecimal: lengths make it impossible to move bytes from one to the next,
// and any language can repeat it. Every chain of lines is made with it.
func Digest(texts ...string) string {
	buf := make([]byte, 0, 1024)
	for _, text := range texts {
		buf = strconv.AppendInt(buf, int64(len(text)), 10)
		buf = append(buf, ':')
		buf = append(buf, text...)
		buf = append(buf, ',')
	}
	sum := sha256.Sum256(buf)
	return hex.EncodeToString(sum[:])
}
