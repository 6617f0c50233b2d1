#include "language/model/model.h"

#include <math.h>

#include "language/model/checksum.h"
#include "language/model/tensor.h"

static enum gguf_type type_of(const struct tensor *tensor, enum gguf_type type)
{
    return tensor->rows == 1 ? GGUF_F32 : type; /* vectors are small, and others expect them whole */
}

/* ---- writing ---- */

/* Others mark a blank by U+2581. */
static void put_piece(struct buf *out, struct str piece)
{
    char bytes[3 * PIECES_BYTES_MAX];
    struct buf text = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
    for (size_t i = 0; i < piece.len; i++) {
        if (piece.at[i] == ' ')
            buf_add_c(&text, "\xE2\x96\x81");
        else
            buf_add_byte(&text, piece.at[i]);
    }
    gguf_write_item_text(out, buf_str(&text));
}

static void put_pieces(struct buf *out, const struct pieces *pieces)
{
    uint32_t end = pieces_find(pieces, STR("\n"));
    gguf_write_text(out, "tokenizer.ggml.model", STR("llama"));
    gguf_write_array(out, "tokenizer.ggml.tokens", GGUF_ITEM_TEXT, pieces->count);
    for (size_t i = 0; i < pieces->count; i++)
        put_piece(out, pieces->texts[i]);
    gguf_write_array(out, "tokenizer.ggml.scores", GGUF_ITEM_F32, pieces->count);
    for (size_t i = 0; i < pieces->count; i++) {
        float score = -(float)i; /* the earliest piece is joined first */
        gguf_write_item_bytes(out, &score, sizeof score);
    }
    gguf_write_array(out, "tokenizer.ggml.token_type", GGUF_ITEM_I32, pieces->count);
    for (size_t i = 0; i < pieces->count; i++) {
        int32_t kind = i == PIECES_UNKNOWN ? 2 : 1;
        gguf_write_item_bytes(out, &kind, sizeof kind);
    }
    gguf_write_u32(out, "tokenizer.ggml.bos_token_id", end);
    gguf_write_u32(out, "tokenizer.ggml.eos_token_id", end);
    gguf_write_u32(out, "tokenizer.ggml.unknown_token_id", PIECES_UNKNOWN);
    gguf_write_bool(out, "tokenizer.ggml.add_bos_token", false);
    gguf_write_bool(out, "tokenizer.ggml.add_space_prefix", false);
}

static void put_sizes(struct buf *out, const struct net_size *size)
{
    gguf_write_u32(out, "llama.vocab_size", (uint32_t)size->vocabulary);
    gguf_write_u32(out, "llama.context_length", (uint32_t)size->context);
    gguf_write_u32(out, "llama.embedding_length", (uint32_t)size->width);
    gguf_write_u32(out, "llama.block_count", (uint32_t)size->layers);
    gguf_write_u32(out, "llama.feed_forward_length", (uint32_t)size->hidden);
    gguf_write_u32(out, "llama.attention.head_count", (uint32_t)size->heads);
    gguf_write_u32(out, "llama.attention.head_count_kv", (uint32_t)size->heads);
    gguf_write_u32(out, "llama.rope.dimension_count", (uint32_t)(size->width / size->heads));
    gguf_write_f32(out, "llama.attention.layer_norm_rms_epsilon", 1e-5F);
    gguf_write_f32(out, "llama.rope.freq_base", 10000);
}

static void put_making(struct buf *out, const struct model_making *making)
{
    gguf_write_u32(out, "parvis.kind", making->kind);
    gguf_write_u32(out, "parvis.extent", making->extent);
    gguf_write_text(out, "parvis.department", making->department);
    gguf_write_text(out, "parvis.data", making->data);
    gguf_write_u64(out, "parvis.seed", making->seed);
    gguf_write_u64(out, "parvis.steps", making->steps);
    gguf_write_u64(out, "parvis.sequences", making->sequences);
}

/* All bytes but the sum's own eight. */
static uint64_t sum_around(struct str all, size_t at)
{
    uint64_t before = checksum(str_slice(all, 0, at)), after = checksum(str_after(all, at + sizeof before));
    return before * 1099511628211U ^ after;
}

static void put_values(struct buf *out, const struct model *model, enum gguf_type type)
{
    enum { FIRST = 2, GENERAL = 3, SIZES = 10, MAKING = 7, PIECES = 9 };
    gguf_write_head(out, tensor_count(&model->net.size), FIRST + GENERAL + SIZES + MAKING + PIECES);
    gguf_write_u64(out, "parvis.checksum", 0);
    gguf_write_u32(out, "parvis.format", MODEL_FORMAT);
    gguf_write_text(out, "general.architecture", STR("llama"));
    gguf_write_text(out, "general.name", model->making.name);
    gguf_write_u32(out, "general.file_type", type == GGUF_Q8_0 ? 7 : type);
    put_sizes(out, &model->net.size);
    put_making(out, &model->making);
    put_pieces(out, &model->pieces);
}

void model_write(const struct model *model, enum gguf_type type, struct buf *out)
{
    const struct net_size *size = &model->net.size;
    size_t offset = 0, from = out->len;
    REQUIRE(from == 0); /* the alignment counts from the buffer's start */
    put_values(out, model, type);
    for (size_t i = 0; i < tensor_count(size); i++) {
        struct tensor tensor = tensor_of(size, i);
        gguf_write_tensor(out, tensor.name, type_of(&tensor, type), tensor.rows, tensor.columns, offset);
        offset += gguf_padded(gguf_size(type_of(&tensor, type), tensor.rows, tensor.columns));
    }
    for (size_t i = 0; i < tensor_count(size); i++) {
        struct tensor tensor = tensor_of(size, i);
        gguf_write_floats(out, type_of(&tensor, type), model->net.weight + tensor.from, tensor.rows * tensor.columns);
    }
    size_t at = str_find(buf_str(out), STR("parvis.checksum")) + sizeof "parvis.checksum" - 1 + sizeof(uint32_t);
    if (buf_status(out) != OK)
        return;
    uint64_t sum = sum_around(buf_str(out), at);
    memcpy(out->at + at, &sum, sizeof sum);
}

/* ---- reading ---- */

static enum status check_sum(const struct gguf *gguf)
{
    uint64_t sum, format;
    const struct gguf_value *value = gguf_value(gguf, "parvis.checksum");
    if (value == NULL || value->bytes.len != sizeof sum)
        return CORRUPT;
    TRY(gguf_u64(gguf, "parvis.format", &format));
    if (format != MODEL_FORMAT)
        return CONFLICT;
    memcpy(&sum, value->bytes.at, sizeof sum);
    return sum == sum_around(gguf->all, (size_t)(value->bytes.at - gguf->all.at)) ? OK : CORRUPT;
}

static enum status read_sizes(const struct gguf *gguf, struct net_size *size)
{
    struct {
        const char *key;
        size_t *into;
    } wanted[] = {
        {"llama.vocab_size", &size->vocabulary},     {"llama.context_length", &size->context},
        {"llama.embedding_length", &size->width},    {"llama.block_count", &size->layers},
        {"llama.attention.head_count", &size->heads}, {"llama.feed_forward_length", &size->hidden},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        uint64_t number;
        TRY(gguf_u64(gguf, wanted[i].key, &number));
        *wanted[i].into = number;
    }
    return net_is_possible(size) ? OK : CORRUPT;
}

static enum status copy_text(struct arena *arena, const struct gguf *gguf, const char *key, struct str *ret_text)
{
    struct str text;
    enum { TEXT_MAX = 200 };
    TRY(gguf_text(gguf, key, &text));
    if (text.len > TEXT_MAX)
        return CORRUPT;
    *ret_text = str_copy(arena, text);
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

static enum status read_making(struct arena *arena, const struct gguf *gguf, struct model_making *making)
{
    uint64_t kind, extent;
    TRY(copy_text(arena, gguf, "general.name", &making->name));
    TRY(copy_text(arena, gguf, "parvis.department", &making->department));
    TRY(copy_text(arena, gguf, "parvis.data", &making->data));
    TRY(gguf_u64(gguf, "parvis.kind", &kind));
    TRY(gguf_u64(gguf, "parvis.extent", &extent));
    TRY(gguf_u64(gguf, "parvis.seed", &making->seed));
    TRY(gguf_u64(gguf, "parvis.steps", &making->steps));
    TRY(gguf_u64(gguf, "parvis.sequences", &making->sequences));
    bool is_known = kind >= STREAM_LINES && kind <= STREAM_TURNS_REFUSING && extent <= WORLD_REGION &&
                    making->steps <= 10000000 && making->sequences <= 4096;
    making->kind = (enum stream_kind)kind;
    making->extent = (enum world_extent)extent;
    return is_known ? OK : CORRUPT;
}

/* In place, in a copy: what is written never passes what is read. */
static struct str without_marks(struct arena *arena, struct str text)
{
    char *bytes = str_c(arena, text);
    size_t len = 0;
    if (bytes == NULL)
        return STR_NONE;
    for (size_t i = 0; i < text.len; i++) {
        bool is_mark = str_starts((struct str){bytes + i, text.len - i}, STR("\xE2\x96\x81"));
        bytes[len++] = is_mark ? ' ' : bytes[i];
        i += is_mark ? 2 : 0;
    }
    return (struct str){bytes, len};
}

static enum status read_pieces(struct arena *arena, const struct gguf *gguf, struct model *model)
{
    struct str *texts;
    size_t count;
    TRY(gguf_texts(arena, gguf, "tokenizer.ggml.tokens", &texts, &count));
    if (count != model->net.size.vocabulary)
        return CORRUPT;
    for (size_t i = 0; i < count; i++) {
        texts[i] = without_marks(arena, texts[i]);
        if (str_is_absent(texts[i]))
            return LIMIT;
    }
    enum status done = pieces_of_list(arena, texts, count, &model->pieces);
    return done == INVALID || pieces_find(&model->pieces, STR("\n")) == PIECES_UNKNOWN ? CORRUPT : done;
}

/* A weight that is no number, or infinite, would make all that is said of it the same nonsense. */
static bool are_finite(const float *weights, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(weights[i]))
            return false;
    return true;
}

static enum status read_weights(const struct gguf *gguf, struct model *model)
{
    const struct net_size *size = &model->net.size;
    for (size_t i = 0; i < tensor_count(size); i++) {
        struct tensor wanted = tensor_of(size, i);
        const struct gguf_tensor *tensor = gguf_tensor(gguf, wanted.name);
        if (tensor == NULL || tensor->rows != wanted.rows || tensor->columns != wanted.columns)
            return CORRUPT;
        gguf_floats(tensor, model->net.weight + wanted.from);
        if (!are_finite(model->net.weight + wanted.from, wanted.rows * wanted.columns))
            return CORRUPT;
        model->type = tensor->rows > 1 ? tensor->type : model->type;
    }
    return OK;
}

enum status model_read(struct arena *arena, struct str bytes, struct model *ret_model)
{
    struct gguf gguf;
    struct model model = {.type = GGUF_F32};
    struct net_size size;
    if (bytes.len > MODEL_FILE_MAX)
        return LIMIT;
    TRY(gguf_read(arena, bytes, &gguf));
    TRY(check_sum(&gguf));
    TRY(read_sizes(&gguf, &size));
    TRY(net_create(arena, &size, &model.net));
    TRY(read_making(arena, &gguf, &model.making));
    TRY(read_pieces(arena, &gguf, &model));
    TRY(read_weights(&gguf, &model));
    *ret_model = model;
    return OK;
}
