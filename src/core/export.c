#include "core/export.h"

#include "base/base64.h"
#include "base/dates.h"
#include "base/utf8.h"
#include "core/export_people.h"
#include "core/service.h"
#include "proto/csv/csv.h"

/* ---- which files ---- */

static size_t add_set(const struct export_set *set, const struct export_file **files, size_t count)
{
    for (size_t i = 0; i < set->count; i++) {
        REQUIRE(count < EXPORT_FILES_MAX);
        files[count++] = &set->files[i];
    }
    return count;
}

size_t export_list(const struct export_file *ret_files[EXPORT_FILES_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < EXPORT_PEOPLE_FILES; i++)
        ret_files[count++] = &export_people_files[i];
    for (size_t s = 0; service_all[s] != NULL; s++)
        for (size_t i = 0; i < service_all[s]->export_count; i++)
            count = add_set(&service_all[s]->exports[i], ret_files, count);
    return count;
}

const struct export_file *export_find(struct str name)
{
    const struct export_file *files[EXPORT_FILES_MAX];
    size_t count = export_list(files);
    for (size_t i = 0; i < count; i++)
        if (str_eq(str_of(files[i]->name), name))
            return files[i];
    return NULL;
}

static bool is_csv(const struct export_file *file)
{
    return str_ends(str_of(file->name), STR(".csv"));
}

/* ---- writing ---- */

static struct str field_text(struct arena *arena, const struct shape_field *field, const void *row)
{
    const void *at = (const char *)row + field->offset;
    if (field->kind == SHAPE_INT)
        return str_format(arena, "%lld", (long long)*(const int64_t *)at);
    if (field->kind == SHAPE_BOOL)
        return *(const bool *)at ? STR("1") : STR("0");
    struct str text = *(const struct str *)at;
    if (field->kind == SHAPE_TEXT || str_is_absent(text))
        return text;
    struct buf encoded BUF_SCOPE = BUF_INIT(text.len * 2 + 8);
    base64_encode(&encoded, text);
    return str_copy(arena, buf_str(&encoded));
}

static void write_csv(struct arena *arena, const struct shape *shape, const void *row, struct buf *out)
{
    struct str fields[EXPORT_FIELDS_MAX];
    REQUIRE(shape->field_count <= EXPORT_FIELDS_MAX);
    for (size_t i = 0; i < shape->field_count; i++)
        fields[i] = row != NULL ? field_text(arena, &shape->fields[i], row) : str_of(shape->fields[i].name);
    csv_write(out, fields, shape->field_count);
}

struct writing {
    const struct export_file *file;
    struct buf *out;
    int64_t from, at;
    size_t full;    /* enough is written */
    bool is_full;   /* a row was left */
};

static enum status write_row(void *with, const void *row)
{
    struct writing *writing = with;
    struct arena *arena ARENA_SCOPE = arena_create(4 << 20);
    if (writing->at < writing->from) {
        writing->at++;
        return OK;
    }
    if (writing->out->len >= writing->full) {
        writing->is_full = true;
        return GONE; /* ends the walk */
    }
    writing->at++;
    if (is_csv(writing->file)) {
        write_csv(arena, writing->file->shape, row, writing->out);
    } else {
        shape_json(writing->out, writing->file->shape, row);
        buf_add_byte(writing->out, '\n');
    }
    return buf_status(writing->out);
}

enum status export_write(struct ctx *ctx, const struct export_file *file, int64_t from, struct buf *out,
                         int64_t *ret_next)
{
    struct writing writing = {.file = file, .out = out, .from = from, .full = out->len + EXPORT_PIECE_BYTES};
    if (from == 0 && is_csv(file))
        write_csv(ctx->arena, file->shape, NULL, out);
    enum status done = file->each(ctx, (struct export_sink){write_row, &writing});
    if (done != OK && !(done == GONE && writing.is_full))
        return done;
    *ret_next = writing.is_full ? writing.at : -1;
    return buf_status(out);
}

/* ---- reading ---- */

static enum status csv_piece(const struct export_file *file, bool is_start, struct str *rest, struct str *ret_piece)
{
    struct arena *arena ARENA_SCOPE = arena_create(32 << 20);
    struct csv_row *row = arena_new(arena, struct csv_row);
    struct csv_reader reader = {.rest = *rest, .separator = ',', .line = 1};
    struct buf head BUF_SCOPE = BUF_INIT(64 << 10);
    REQUIRE(row != NULL);
    write_csv(arena, file->shape, NULL, &head);
    if (is_start && !str_starts(*rest, buf_str(&head)))
        return INVALID;
    if (is_start)
        reader.rest = str_after(*rest, head.len);
    struct str start = reader.rest;
    for (int i = 0; i < EXPORT_PIECE_ROWS; i++) {
        enum status done = csv_next(&reader, arena, row);
        if (done == NOT_FOUND)
            break;
        TRY(done);
    }
    *ret_piece = str_slice(start, 0, start.len - reader.rest.len);
    *rest = reader.rest;
    return OK;
}

enum status export_piece(const struct export_file *file, bool is_start, struct str *rest, struct str *ret_piece)
{
    if (is_csv(file))
        return csv_piece(file, is_start, rest, ret_piece);
    struct str start = *rest;
    for (int i = 0; i < EXPORT_PIECE_ROWS && rest->len > 0; i++) {
        size_t end = str_find_byte(*rest, '\n');
        if (end == SIZE_MAX)
            return INVALID;
        *rest = str_after(*rest, end + 1);
    }
    *ret_piece = str_slice(start, 0, start.len - rest->len);
    return OK;
}

static enum status read_field(struct arena *arena, const struct shape_field *field, struct str text, void *at)
{
    struct buf decoded BUF_SCOPE = BUF_INIT(text.len + 8);
    if (field->kind == SHAPE_INT)
        return str_to_i64(text, at);
    if (field->kind == SHAPE_BOOL) {
        *(bool *)at = str_eq(text, STR("1"));
        return text.len == 1 && (text.at[0] == '0' || text.at[0] == '1') ? OK : INVALID;
    }
    if (field->kind == SHAPE_BYTES) {
        TRY(base64_decode(&decoded, text));
        text = str_copy(arena, buf_str(&decoded));
    }
    *(struct str *)at = text;
    return str_is_absent(text) ? LIMIT : OK;
}

/* ---- one row ---- */

enum { YEAR_LAST = 9999 };
static const int64_t ID_MAX = INT64_C(1) << 53; /* programs that read the files count in doubles */

bool export_is_day(int64_t days)
{
    return days >= date_of(1, 1, 1).days && days <= date_of(YEAR_LAST, 12, 31).days;
}

static bool is_sound_number(struct str name, int64_t number)
{
    if (str_eq(name, STR("id")))
        return number > 0 && number <= ID_MAX;
    if (str_starts(name, STR("is_")))
        return number == 0 || number == 1;
    if (str_ends(name, STR("_ms")))
        return number >= 0 && number < instant_of_date(date_of(YEAR_LAST + 1, 1, 1)).ms;
    return true;
}

static bool is_sound_text(const struct export_file *file, struct str text)
{
    return (!is_csv(file) || text.len <= EXPORT_TEXT_MAX) && utf8_is_valid(text);
}

enum status export_take_row(struct ctx *ctx, const struct export_file *file, const void *row)
{
    for (size_t i = 0; i < file->shape->field_count; i++) {
        const struct shape_field *field = &file->shape->fields[i];
        const void *at = (const char *)row + field->offset;
        bool is_sound = true;
        if (field->kind == SHAPE_INT)
            is_sound = is_sound_number(str_of(field->name), *(const int64_t *)at);
        else if (field->kind == SHAPE_TEXT)
            is_sound = is_sound_text(file, *(const struct str *)at);
        if (!is_sound)
            return INVALID;
    }
    return file->take(ctx, row);
}

/* ---- a piece ---- */

static enum status take_csv(struct ctx *ctx, const struct export_file *file, struct str piece, void *into)
{
    const struct shape *shape = file->shape;
    struct csv_row *row = arena_new(ctx->arena, struct csv_row);
    struct csv_reader reader = {.rest = piece, .separator = ',', .line = 1};
    enum status done;
    if (row == NULL)
        return LIMIT;
    while ((done = csv_next(&reader, ctx->arena, row)) == OK) {
        if (row->count != shape->field_count)
            return INVALID;
        for (size_t i = 0; i < row->count; i++)
            TRY(read_field(ctx->arena, &shape->fields[i], row->fields[i], (char *)into + shape->fields[i].offset));
        TRY(export_take_row(ctx, file, into));
    }
    return done == NOT_FOUND ? OK : done;
}

enum status export_take(struct ctx *ctx, const struct export_file *file, struct str piece)
{
    void *into = arena_alloc(ctx->arena, file->shape->size);
    if (into == NULL)
        return LIMIT;
    if (is_csv(file))
        return take_csv(ctx, file, piece, into);
    while (piece.len > 0) {
        TRY(shape_from_json(ctx->arena, file->shape, str_cut(&piece, '\n'), into));
        TRY(export_take_row(ctx, file, into));
    }
    return OK;
}
