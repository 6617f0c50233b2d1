#include "language/model/checksum.h"
#include "language/model/model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA = 64 << 20 };

/* The format alone: no checksum stands before its reader. */
static void read_format(struct str bytes)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct gguf gguf;
    struct str *texts;
    size_t count;
    if (gguf_read(arena, bytes, &gguf) != OK)
        return;
    for (size_t i = 0; i < gguf.tensor_count; i++) {
        struct gguf_tensor *tensor = &gguf.tensors[i];
        REQUIRE(tensor->bytes.at >= bytes.at && tensor->bytes.at + tensor->bytes.len <= bytes.at + bytes.len);
        float *floats = arena_array(arena, float, tensor->rows * tensor->columns);
        if (floats != NULL)
            gguf_floats(tensor, floats);
    }
    if (gguf_texts(arena, &gguf, "tokenizer.ggml.tokens", &texts, &count) == OK)
        for (size_t i = 0; i < count; i++)
            REQUIRE(texts[i].at >= bytes.at && texts[i].at + texts[i].len <= bytes.at + bytes.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct str bytes = {(const char *)data, size};
    struct model model;
    read_format(bytes);
    if (model_read(arena, bytes, &model) == OK)
        REQUIRE(model.pieces.count == model.net.size.vocabulary && net_is_possible(&model.net.size));
    return 0;
}
