#include "role/convert_sheets.h"

#include "document/archive.h"
#include "language/source/sheet.h"
#include "language/source/sheet_words.h"

enum { SHEET_ARENA = 96 << 20, NOTE_MAX = 4000, CREATOR = 0, AUDIENCE, NOTES };

/* "F1234" of "folder/F1234.xml"; empty for what is no sheet. */
static struct str key_of(struct str name)
{
    size_t slash = str_find_byte_last(name, '/'), i = 1;
    name = slash == SIZE_MAX ? name : str_after(name, slash + 1);
    if (!str_starts(name, STR("F")) || !str_ends(name, STR(".xml")))
        return STR("");
    while (i < name.len && ascii_is_digit(name.at[i]))
        i++;
    return i > 1 && i + 4 == name.len ? str_slice(name, 0, i) : STR("");
}

static enum wording_end end_of(enum status status)
{
    return status == LIMIT ? WORDING_TOO_MUCH : status == DENIED ? WORDING_LOCKED : WORDING_DAMAGED;
}

static struct str text_of_note(const struct archive_note *note)
{
    return str_trim(buf_str(&note->text));
}

static enum status add_sheet(const struct source *source, const struct archive_note *notes, struct str key,
                             struct buf *lines)
{
    struct buf words BUF_SCOPE = BUF_INIT(WORDING_TEXT_MAX);
    sheet_words_write(&words, source);
    TRY(buf_status(&words));
    struct conversion_sheet sheet = {.end = WORDING_DONE,
                                     .key = key,
                                     .title = source->title,
                                     .authors = text_of_note(&notes[CREATOR]),
                                     .publisher = source->publisher,
                                     .date = source->date,
                                     .link = source->url,
                                     .audience = text_of_note(&notes[AUDIENCE]),
                                     .words = buf_str(&words)};
    shape_json(lines, &conversion_sheet_shape, &sheet);
    buf_add_byte(lines, '\n');
    return OK;
}

/* NOT_FOUND: a page that is no source. INVALID also: it names itself otherwise than its file does. */
static enum status read_sheet(struct archive *archive, size_t number, struct str key, struct arena *arena,
                              struct buf *lines)
{
    struct buf json BUF_SCOPE = BUF_INIT(ARCHIVE_TREE_MAX);
    struct archive_note notes[NOTES] = {[CREATOR] = {"dc:creator", BUF_INIT(NOTE_MAX)},
                                        [AUDIENCE] = {"Audience", BUF_INIT(NOTE_MAX)}};
    struct source source;
    enum status done = archive_tree(archive, number, notes, NOTES, &json);
    if (done == OK)
        done = sheet_read(arena, buf_str(&json), &source);
    if (done == OK)
        done = str_eq(source.id, key) ? add_sheet(&source, notes, key, lines) : INVALID;
    for (size_t i = 0; i < NOTES; i++)
        buf_finish(&notes[i].text);
    return done;
}

static void add_failed(struct buf *lines, struct str key, enum wording_end end)
{
    struct conversion_sheet sheet = {.end = end, .key = key, .title = STR(""), .authors = STR(""),
                                     .publisher = STR(""), .date = STR(""), .link = STR(""), .audience = STR(""),
                                     .words = STR("")};
    shape_json(lines, &conversion_sheet_shape, &sheet);
    buf_add_byte(lines, '\n');
}

static enum wording_end read_all(struct archive *archive, struct arena *arena, struct buf *lines)
{
    for (size_t i = 0; i < archive_count(archive); i++) {
        struct str key = key_of(archive_name(archive, i));
        if (key.len == 0)
            continue;
        enum status done = read_sheet(archive, i, key, arena, lines);
        if (done != OK && done != NOT_FOUND)
            add_failed(lines, key, end_of(done));
        if (lines->is_over || archive_is_spent(archive))
            return WORDING_TOO_MUCH;
        arena_reset(arena);
    }
    return lines->len > 0 ? WORDING_DONE : WORDING_EMPTY;
}

enum wording_end convert_sheets(struct str bytes, struct buf *lines)
{
    struct arena *arena ARENA_SCOPE = arena_create(SHEET_ARENA);
    struct archive *archive;
    if (bytes.len > ARCHIVE_BYTES_MAX)
        return WORDING_TOO_LARGE;
    if (!str_starts(bytes, STR("PK")))
        return WORDING_UNKNOWN;
    enum status done = archive_open(bytes, &archive);
    if (done != OK)
        return end_of(done);
    enum wording_end end = read_all(archive, arena, lines);
    archive_close(archive);
    return end;
}
