#include "role/manifest.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "base/base64.h"
#include "os/file.h"

enum { PIECE = 1 << 20, PATH_ROOM = FILE_PATH_MAX + MANIFEST_PATH_MAX };

struct manifest_copy {
    struct str path;
    int fd;
    int64_t length;
    EVP_MD_CTX *hash;
};

/* Made of names parted by '/', none empty, hidden or a way up. */
static bool is_path(struct str path)
{
    if (path.len == 0 || path.len > MANIFEST_PATH_MAX)
        return false;
    while (!str_is_absent(path)) {
        struct str name = str_cut(&path, '/');
        if (name.len == 0 || name.at[0] == '.' || str_find_byte(name, '\n') != SIZE_MAX ||
            str_find_byte(name, '\\') != SIZE_MAX || str_find_byte(name, 0) != SIZE_MAX)
            return false;
    }
    return true;
}

enum status manifest_place(struct manifest *manifest, struct str path, const char **ret_path)
{
    if (!is_path(path))
        return INVALID;
    struct str whole = str_format(manifest->arena, "%s/%.*s", manifest->folder, STR_ARG(path));
    size_t slash = str_find_byte_last(whole, '/');
    char *parent = str_c(manifest->arena, str_slice(whole, 0, slash));
    if (str_is_absent(whole) || parent == NULL)
        return LIMIT;
    *ret_path = whole.at;
    return file_folder(parent);
}

enum status manifest_begin(struct manifest *manifest, struct str path, struct manifest_copy **ret_copy)
{
    const char *place;
    TRY(manifest_place(manifest, path, &place));
    struct manifest_copy *copy = calloc(1, sizeof *copy);
    REQUIRE(copy != NULL);
    copy->fd = -1;
    copy->hash = EVP_MD_CTX_new();
    REQUIRE(copy->hash != NULL && EVP_DigestInit_ex(copy->hash, EVP_sha256(), NULL) == 1);
    copy->path = str_copy(manifest->arena, path);
    enum status done = str_is_absent(copy->path) ? LIMIT : file_open(place, FILE_CREATE, &copy->fd);
    if (done == OK)
        done = file_truncate(copy->fd, 0);
    if (done == OK)
        *ret_copy = copy;
    else
        manifest_drop(copy);
    return done;
}

enum status manifest_feed(struct manifest_copy *copy, struct str bytes)
{
    TRY(file_write(copy->fd, copy->length, bytes));
    REQUIRE(EVP_DigestUpdate(copy->hash, bytes.at, bytes.len) == 1);
    copy->length += (int64_t)bytes.len;
    return OK;
}

enum status manifest_end(struct manifest *manifest, struct manifest_copy *copy)
{
    struct manifest_file *file = list_add(&manifest->files, manifest->arena, MANIFEST_FILES_MAX);
    enum status done = file == NULL ? LIMIT : file_sync(copy->fd);
    if (file != NULL) {
        file->path = copy->path;
        REQUIRE(EVP_DigestFinal_ex(copy->hash, file->hash, NULL) == 1);
    }
    manifest_drop(copy);
    return done;
}

void manifest_drop(struct manifest_copy *copy)
{
    if (copy == NULL)
        return;
    file_close(&copy->fd);
    EVP_MD_CTX_free(copy->hash);
    free(copy);
}

enum status manifest_put(struct manifest *manifest, struct str path, struct str bytes)
{
    struct manifest_copy *copy;
    TRY(manifest_begin(manifest, path, &copy));
    enum status done = manifest_feed(copy, bytes);
    if (done == OK)
        return manifest_end(manifest, copy);
    manifest_drop(copy);
    return done;
}

static enum status feed_file(struct manifest_copy *copy, int fd, int64_t length)
{
    char *room = malloc(PIECE);
    enum status done = OK;
    REQUIRE(room != NULL);
    for (int64_t at = 0; done == OK && (length < 0 || at < length);) {
        size_t got = 0, wanted = length < 0 || length - at > PIECE ? PIECE : (size_t)(length - at);
        done = file_read(fd, at, room, wanted, &got);
        if (done == OK && got == 0)
            break;
        if (done == OK)
            done = manifest_feed(copy, (struct str){room, got});
        at += (int64_t)got;
    }
    free(room);
    return done == OK && length >= 0 && copy->length < length ? CORRUPT : done;
}

enum status manifest_take(struct manifest *manifest, struct str path, const char *from, int64_t length)
{
    struct manifest_copy *copy;
    int fd FILE_SCOPE = -1;
    TRY(file_open(from, FILE_READ, &fd));
    TRY(manifest_begin(manifest, path, &copy));
    enum status done = feed_file(copy, fd, length);
    if (done == OK)
        return manifest_end(manifest, copy);
    manifest_drop(copy);
    return done;
}

/* Names of every folder the files lie in are on disk too: each parent, once for each run of files in it. */
static enum status sync_folders(struct manifest *manifest)
{
    struct str last = STR_NONE;
    for (size_t i = 0; i < manifest->files.count; i++) {
        struct str path = manifest->files.at[i].path;
        size_t slash = str_find_byte_last(path, '/');
        struct str parent = slash == SIZE_MAX ? STR("") : str_slice(path, 0, slash);
        if (!str_is_absent(last) && str_eq(last, parent))
            continue;
        for (last = parent; parent.len > 0;) {
            struct str whole = str_format(manifest->arena, "%s/%.*s", manifest->folder, STR_ARG(parent));
            TRY(str_is_absent(whole) ? LIMIT : file_sync_folder(whole.at));
            slash = str_find_byte_last(parent, '/');
            parent = slash == SIZE_MAX ? STR("") : str_slice(parent, 0, slash);
        }
    }
    return file_sync_folder(manifest->folder);
}

enum status manifest_write(struct manifest *manifest)
{
    struct buf text BUF_SCOPE = BUF_INIT(MANIFEST_MAX);
    for (size_t i = 0; i < manifest->files.count; i++) {
        hex_encode(&text, (struct str){(const char *)manifest->files.at[i].hash, MANIFEST_HASH});
        buf_add_format(&text, "  %.*s\n", STR_ARG(manifest->files.at[i].path));
    }
    TRY(buf_status(&text));
    TRY(sync_folders(manifest));
    struct str path = str_format(manifest->arena, "%s/" MANIFEST_NAME, manifest->folder);
    return str_is_absent(path) ? LIMIT : file_replace(path.at, buf_str(&text));
}

static int compare_paths(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static enum status refuse_twins(const struct manifest *manifest)
{
    struct str *paths = arena_array(manifest->arena, struct str, manifest->files.count + 1);
    if (paths == NULL)
        return LIMIT;
    for (size_t i = 0; i < manifest->files.count; i++)
        paths[i] = manifest->files.at[i].path;
    qsort(paths, manifest->files.count, sizeof paths[0], compare_paths);
    for (size_t i = 1; i < manifest->files.count; i++)
        if (str_eq(paths[i - 1], paths[i]))
            return INVALID;
    return OK;
}

static enum status read_line(struct manifest *manifest, struct str line)
{
    struct buf hash BUF_SCOPE = BUF_INIT(MANIFEST_HASH);
    struct str path = str_after(line, MANIFEST_HASH * 2 + 2);
    struct manifest_file *file = list_add(&manifest->files, manifest->arena, MANIFEST_FILES_MAX);
    if (file == NULL)
        return LIMIT;
    bool is_line = line.len > MANIFEST_HASH * 2 + 2 &&
                   str_eq(str_slice(line, MANIFEST_HASH * 2, MANIFEST_HASH * 2 + 2), STR("  ")) &&
                   hex_decode(&hash, str_slice(line, 0, MANIFEST_HASH * 2)) == OK && is_path(path);
    if (!is_line)
        return INVALID;
    memcpy(file->hash, hash.at, MANIFEST_HASH);
    file->path = path;
    return OK;
}

enum status manifest_read(struct manifest *manifest)
{
    struct buf text BUF_SCOPE = BUF_INIT(MANIFEST_MAX);
    struct str name = str_format(manifest->arena, "%s/" MANIFEST_NAME, manifest->folder);
    if (str_is_absent(name))
        return LIMIT;
    TRY(file_read_all(name.at, &text));
    struct str rest = str_copy(manifest->arena, buf_str(&text));
    if (str_is_absent(rest))
        return LIMIT;
    while (rest.len > 0)
        TRY(read_line(manifest, str_cut(&rest, '\n')));
    return refuse_twins(manifest);
}

static enum status hash_file(int fd, unsigned char ret_hash[MANIFEST_HASH])
{
    EVP_MD_CTX *hash = EVP_MD_CTX_new();
    char *room = malloc(PIECE);
    enum status done = OK;
    size_t got = 1;
    REQUIRE(hash != NULL && room != NULL && EVP_DigestInit_ex(hash, EVP_sha256(), NULL) == 1);
    for (int64_t at = 0; done == OK && got > 0; at += (int64_t)got) {
        got = 0;
        done = file_read(fd, at, room, PIECE, &got);
        REQUIRE(EVP_DigestUpdate(hash, room, got) == 1);
    }
    REQUIRE(EVP_DigestFinal_ex(hash, ret_hash, NULL) == 1);
    EVP_MD_CTX_free(hash);
    free(room);
    return done;
}

enum status manifest_check(const struct manifest *manifest, const struct manifest_file *file)
{
    unsigned char hash[MANIFEST_HASH];
    struct arena *arena ARENA_SCOPE = arena_create(PATH_ROOM * 2);
    int fd FILE_SCOPE = -1;
    struct str path = str_format(arena, "%s/%.*s", manifest->folder, STR_ARG(file->path));
    if (str_is_absent(path))
        return LIMIT;
    TRY(file_open(path.at, FILE_READ, &fd));
    TRY(hash_file(fd, hash));
    return memcmp(hash, file->hash, MANIFEST_HASH) == 0 ? OK : CORRUPT;
}
