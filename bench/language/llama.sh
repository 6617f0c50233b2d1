#!/bin/bash
# llama.sh MODEL FOLDER [COUNT]: the same greedy text from parvis and from libllama (llama.c), where the latter is present:
#
#   LLAMA_HEADERS    a tree with include/llama.h and ggml/include (inside npm's node-llama-cpp 3.22.1, a git bundle)
#   LLAMA_LIBRARIES  bins/linux-x64 of npm's @node-llama-cpp/linux-x64 3.22.1
#
# Both are fetched outside the repository, and of one version: structs are passed by value.
set -u
cd "$(dirname "$0")/../.."
if [ ! -r "${LLAMA_HEADERS:-}/include/llama.h" ] || [ ! -d "${LLAMA_LIBRARIES:-}" ]; then
    echo "SKIP libllama: LLAMA_HEADERS and LLAMA_LIBRARIES name no headers and libraries"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
model=$1 folder=$2 count=${3:-500}
out=build/release/bench/language
mkdir -p "$out"
make -s build/release/libparvis.a || exit 1
gcc -std=gnu17 -O2 -Wall -D_GNU_SOURCE -Isrc -I"$LLAMA_HEADERS/include" -I"$LLAMA_HEADERS/ggml/include" \
    -o "$out/llama" bench/language/llama.c build/release/libparvis.a -L"$LLAMA_LIBRARIES" \
    -l:libllama.v0.5.0.so -l:libggml.v0.5.0.so -l:libggml-base.so -Wl,-rpath,"$LLAMA_LIBRARIES" \
    -lstemmer -lm || exit 1
"$out/llama" "$LLAMA_LIBRARIES" "$model" "$folder" "$count"
