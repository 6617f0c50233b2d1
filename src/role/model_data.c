#include "role/model_data.h"

#include <openssl/sha.h>

#include "base/base64.h"
#include "language/model/shipped.h"
#include "language/model/table_text.h"
#include "language/model/parallel.h"
#include "os/file.h"
#include "os/pool.h"

void model_data_hash(struct str bytes, char hash[MODEL_HASH_TEXT])
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    struct buf out = {.at = hash, .room = MODEL_HASH_TEXT, .max = MODEL_HASH_TEXT};
    SHA256((const unsigned char *)bytes.at, bytes.len, digest);
    hex_encode(&out, (struct str){(const char *)digest, sizeof digest});
    buf_add_byte(&out, 0);
}

const char *model_data_path(struct ctx *ctx, struct str path)
{
    return path.len == 0 || path.len >= FILE_PATH_MAX ? NULL : str_c(ctx->arena, path);
}

uint64_t model_data_number(const struct verb_call *call, const char *name, uint64_t least, uint64_t most,
                           uint64_t usual)
{
    uint64_t number;
    bool is_given = str_to_u64(verb_option(call, name), most, &number) == OK && number >= least;
    return is_given ? number : usual;
}

size_t model_data_threads(const struct verb_call *call, size_t most)
{
    size_t processors = pool_processors();
    return (size_t)model_data_number(call, "--threads", 1, PARALLEL_MAX, processors < most ? processors : most);
}

static enum status read_part(struct ctx *ctx, struct str folder, const char *name, struct buf *into)
{
    struct str path = str_format(ctx->arena, "%.*s/%s", STR_ARG(folder), name);
    if (str_is_absent(path) || path.len >= FILE_PATH_MAX)
        return LIMIT;
    return file_read_all(path.at, into);
}

static enum status read_folder(struct ctx *ctx, struct verb_call *call, struct str folder, struct model_data *data)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(MODEL_DATA_MAX);
    TRY(read_part(ctx, folder, "communes.json", &bytes));
    data->communes_len = bytes.len;
    TRY(read_part(ctx, folder, "departements.json", &bytes));
    data->departments_len = bytes.len - data->communes_len;
    struct str all = str_copy(call->always, buf_str(&bytes)); /* the table's slices point into it */
    if (str_is_absent(all))
        return LIMIT;
    struct str communes = str_slice(all, 0, data->communes_len);
    struct str departments = str_after(all, data->communes_len);
    model_data_hash(all, data->hash);
    model_data_hash(communes, data->communes_hash);
    model_data_hash(departments, data->departments_hash);
    return table_read(call->always, communes, departments, &data->table);
}

/* The table that comes with the program. */
static enum status read_shipped(struct verb_call *call, struct model_data *data)
{
    struct str hash;
    TRY(table_text_read(call->always, shipped_communes(), &data->table, &hash));
    if (hash.len + 1 != MODEL_HASH_TEXT)
        return CORRUPT;
    memcpy(data->hash, hash.at, hash.len);
    return OK;
}

enum status model_data_read(struct ctx *ctx, struct verb_call *call, struct model_data **ret_data)
{
    struct str folder = verb_option(call, "--data");
    struct model_data *data = arena_new(call->always, struct model_data);
    if (data == NULL)
        return LIMIT;
    if (str_is_absent(folder)) {
        *ret_data = data;
        return read_shipped(call, data);
    }
    enum status done = read_folder(ctx, call, folder, data);
    if (done != OK)
        return refuse_with(ctx, done == NOT_FOUND ? NOT_FOUND : INVALID, "model.data", T_model_data, "%.*s",
                           STR_ARG(folder));
    *ret_data = data;
    return OK;
}

enum status model_data_load(struct ctx *ctx, struct verb_call *call, struct str path, struct model *ret_model,
                            char hash[MODEL_HASH_TEXT])
{
    struct buf bytes BUF_SCOPE = BUF_INIT(MODEL_FILE_MAX);
    const char *name = model_data_path(ctx, path);
    if (name == NULL || file_read_all(name, &bytes) != OK)
        return refuse_with(ctx, NOT_FOUND, "model.file", T_model_file, "%.*s", STR_ARG(path));
    model_data_hash(buf_str(&bytes), hash);
    enum status done = model_read(call->always, buf_str(&bytes), ret_model);
    if (done == CONFLICT)
        return refuse(ctx, CORRUPT, "model.version", T_model_version);
    return done == OK ? OK : refuse(ctx, CORRUPT, "model.altered", T_model_altered);
}
