# make run · make dev · make test · make bench · make lint · make build · make fmt

export GOTOOLCHAIN = auto
export PATH := $(PATH):$(shell go env GOPATH)/bin

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
FLAGS    = -trimpath -ldflags "-s -w -X main.version=$(VERSION)"
ADDRESS ?= 127.0.0.1:8090
DATA    ?= pb_data

.PHONY: run dev test bench lint build fmt

# The demo committee on http://127.0.0.1:8090, data in ./pb_data.
run: build
	./yaodian serve --demo --dir $(DATA) --http $(ADDRESS)

# For developing: the client from disk, schema changes in the browser become
# files in pb_migrations, the server restarts when pb_hooks change.
dev:
	go run . serve --demo --dir $(DATA) --http $(ADDRESS)

# Everything, browser tests included (they are skipped without a Chromium,
# unless YAODIAN_BROWSER=required).
test:
	go test ./...

# Side by side in one run; nothing else should run on the machine meanwhile.
bench:
	go test -run '^$$' -bench . -benchmem -timeout 60m ./...

lint:
	go vet ./...
	golangci-lint run

# One static file: copy it to a server and start it.
build:
	CGO_ENABLED=0 go build $(FLAGS) -o yaodian .

fmt:
	$$(go env GOROOT)/bin/gofmt -w $$(git ls-files '*.go')
