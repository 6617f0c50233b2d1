#include "document/wording_zip.h"

#include <stdlib.h>
#include <zip.h>

enum { PIECE_BYTES = 32 << 10 };

struct wording_zip {
    zip_t *archive;
    struct wording_zip_limits limits;
    uint64_t inflated; /* of all parts so far */
};

static enum status status_of(int code)
{
    if (code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD || code == ZIP_ER_ENCRNOTSUPP)
        return DENIED;
    return code == ZIP_ER_MEMORY ? LIMIT : code == ZIP_ER_NOENT ? NOT_FOUND : INVALID;
}

/* The archive takes its source over, and frees it; what could not be opened is freed here. */
static enum status open_archive(struct str bytes, zip_t **ret_archive)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.at, bytes.len, 0, &error);
    zip_t *archive = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    int code = zip_error_code_zip(&error);
    zip_error_fini(&error);
    if (archive == NULL) {
        zip_source_free(source);
        return status_of(code);
    }
    *ret_archive = archive;
    return OK;
}

enum status wording_zip_open(struct str bytes, const struct wording_zip_limits *limits, struct wording_zip **ret_zip)
{
    zip_t *archive;
    TRY(open_archive(bytes, &archive));
    struct wording_zip *zip = calloc(1, sizeof *zip);
    if (zip == NULL || zip_get_num_entries(archive, 0) > (zip_int64_t)limits->entries) {
        zip_discard(archive);
        free(zip);
        return LIMIT;
    }
    *zip = (struct wording_zip){.archive = archive, .limits = *limits};
    *ret_zip = zip;
    return OK;
}

void wording_zip_close(struct wording_zip *zip)
{
    if (zip == NULL)
        return;
    zip_discard(zip->archive);
    free(zip);
}

bool wording_zip_has(struct wording_zip *zip, const char *name)
{
    return zip_name_locate(zip->archive, name, 0) >= 0;
}

size_t wording_zip_count(const struct wording_zip *zip)
{
    zip_int64_t count = zip_get_num_entries(zip->archive, 0);
    return count > 0 ? (size_t)count : 0;
}

const char *wording_zip_name(struct wording_zip *zip, size_t number)
{
    return zip_get_name(zip->archive, number, 0);
}

bool wording_zip_is_spent(const struct wording_zip *zip)
{
    return zip->inflated > zip->limits.whole;
}

/* What the directory says of the deflated size is what can be read at most, so it may be believed. */
static bool is_bomb(uint64_t part_max, uint64_t inflated, uint64_t deflated)
{
    return inflated > part_max || (inflated > WORDING_RATIO_FROM && inflated / WORDING_RATIO_MAX > deflated);
}

static enum status read_all(struct wording_zip *zip, zip_file_t *file, uint64_t deflated, wording_piece *take,
                            void *with)
{
    char piece[PIECE_BYTES];
    uint64_t inflated = 0;
    for (;;) {
        zip_int64_t got = zip_fread(file, piece, sizeof piece);
        if (got == 0)
            return OK;
        if (got < 0)
            return status_of(zip_error_code_zip(zip_file_get_error(file)));
        inflated += (uint64_t)got;
        zip->inflated += (uint64_t)got;
        if (wording_zip_is_spent(zip) || is_bomb(zip->limits.part, inflated, deflated))
            return LIMIT;
        TRY(take(with, (struct str){piece, (size_t)got}));
    }
}

enum status wording_zip_read(struct wording_zip *zip, const char *name, wording_piece *take, void *with)
{
    zip_stat_t about;
    if (zip_stat(zip->archive, name, 0, &about) != 0 || (about.valid & ZIP_STAT_COMP_SIZE) == 0)
        return status_of(zip_error_code_zip(zip_get_error(zip->archive)));
    zip_file_t *file = zip_fopen_index(zip->archive, about.index, 0);
    if (file == NULL)
        return status_of(zip_error_code_zip(zip_get_error(zip->archive)));
    enum status done = read_all(zip, file, about.comp_size, take, with);
    zip_fclose(file);
    return done;
}
