#include "document/archive.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "document/wording_lines.h"
#include "document/wording_xml.h"

/* Dublin Core Metadata Element Set 1.1. */
#define DUBLIN_CORE STR("http://purl.org/dc/elements/1.1/")

struct archive {
    struct wording_zip *zip;
};

/* ---- one file as a tree ---- */

struct tree {
    struct buf *json;
    struct buf text; /* since the last tag, behind a byte that stands for what is before it */
    struct archive_note *notes;
    size_t note_count;
    struct buf *note; /* of the note the words are of; NULL for none */
    size_t depth;
};

static void begin_text(struct tree *tree)
{
    buf_clear(&tree->text);
    buf_add_byte(&tree->text, '.');
}

/* Clean words as a JSON string: no control character is left in them. */
static void add_string(struct buf *json, struct str clean)
{
    buf_add_byte(json, '"');
    for (size_t i = 0; i < clean.len; i++) {
        if (clean.at[i] == '"' || clean.at[i] == '\\')
            buf_add_byte(json, '\\');
        buf_add_byte(json, clean.at[i]);
    }
    buf_add_byte(json, '"');
}

static void begin_node(struct buf *json)
{
    if (json->len > 0 && json->at[json->len - 1] == '}')
        buf_add_byte(json, ',');
}

/* A chunk may end within a word, so words are cleaned once they are whole. */
static void end_text(struct tree *tree)
{
    struct buf clean BUF_SCOPE = BUF_INIT(ARCHIVE_TREE_MAX);
    wording_clean(&clean, buf_str(&tree->text));
    struct str words = str_after(buf_str(&clean), 1);
    tree->json->is_over |= clean.is_over || tree->text.is_over;
    begin_text(tree);
    if (words.len == 0)
        return;
    if (tree->note != NULL)
        buf_add(tree->note, words);
    begin_node(tree->json);
    buf_add_literal(tree->json, "{\"type\":\"text\",\"text\":");
    add_string(tree->json, words);
    buf_add_byte(tree->json, '}');
}

static void add_attribute(struct tree *tree, const char *name, const char *value, bool is_first)
{
    struct buf clean BUF_SCOPE = BUF_INIT(ARCHIVE_TREE_MAX);
    struct str full = str_of(name);
    size_t bar = str_find_byte_last(full, '|');
    buf_add_c(tree->json, is_first ? "" : ",");
    add_string(tree->json, bar == SIZE_MAX ? full : str_after(full, bar + 1));
    buf_add_byte(tree->json, ':');
    wording_clean(&clean, str_of(value));
    add_string(tree->json, buf_str(&clean));
}

/* Dublin Core's own element names need its mark, as they share names with nothing else then. */
static bool is_note(const struct wording_tag *tag, const char *name)
{
    struct str wanted = str_of(name);
    bool is_core = str_starts(wanted, STR("dc:"));
    return str_eq(tag->name, is_core ? str_after(wanted, 3) : wanted) && is_core == str_eq(tag->space, DUBLIN_CORE);
}

static void begin_note(struct tree *tree, const struct wording_tag *tag)
{
    for (size_t i = 0; i < tree->note_count; i++)
        if (is_note(tag, tree->notes[i].name)) {
            tree->note = &tree->notes[i].text;
            buf_add_c(tree->note, tree->note->len > 0 ? ", " : "");
        }
}

static void on_begin(void *with, const struct wording_tag *tag)
{
    struct tree *tree = with;
    struct buf *json = tree->json;
    end_text(tree);
    if (++tree->depth == 2)
        begin_note(tree, tag);
    begin_node(json);
    buf_add_literal(json, "{\"type\":\"element\",\"name\":\"");
    buf_add_c(json, str_eq(tag->space, DUBLIN_CORE) ? "dc:" : "");
    buf_add(json, tag->name);
    buf_add_literal(json, "\",\"attributes\":{");
    for (size_t i = 0; tag->attributes != NULL && tag->attributes[i] != NULL; i += 2)
        add_attribute(tree, tag->attributes[i], tag->attributes[i + 1], i == 0);
    buf_add_literal(json, "},\"children\":[");
}

static void on_end(void *with, const struct wording_tag *tag)
{
    struct tree *tree = with;
    (void)tag;
    end_text(tree);
    buf_add_literal(tree->json, "]}");
    if (tree->depth-- == 2)
        tree->note = NULL;
}

static void on_words(void *with, struct str words)
{
    struct tree *tree = with;
    buf_add(&tree->text, words);
}

static bool is_over(const void *with)
{
    const struct tree *tree = with;
    return tree->json->is_over;
}

enum status archive_tree(struct archive *archive, size_t number, struct archive_note *notes, size_t note_count,
                         struct buf *json)
{
    static const struct wording_xml_reader reader = {on_begin, on_end, on_words, is_over};
    struct tree tree = {.json = json, .text = BUF_INIT(ARCHIVE_TREE_MAX), .notes = notes, .note_count = note_count};
    const char *name = wording_zip_name(archive->zip, number);
    begin_text(&tree);
    buf_add_literal(json, "{\"children\":[");
    enum status done = name != NULL ? wording_xml_read(archive->zip, name, &reader, &tree) : NOT_FOUND;
    buf_add_literal(json, "]}");
    buf_finish(&tree.text);
    return done == OK ? buf_status(json) : done == NOT_FOUND ? INVALID : done;
}

/* ---- all of them ---- */

enum status archive_open(struct str bytes, struct archive **ret_archive)
{
    static const struct wording_zip_limits limits = {ARCHIVE_ENTRIES_MAX, ARCHIVE_FILE_MAX, ARCHIVE_WHOLE_MAX};
    struct wording_zip *zip;
    if (bytes.len > ARCHIVE_BYTES_MAX)
        return LIMIT;
    TRY(wording_zip_open(bytes, &limits, &zip));
    struct archive *archive = calloc(1, sizeof *archive);
    if (archive == NULL) {
        wording_zip_close(zip);
        return LIMIT;
    }
    archive->zip = zip;
    *ret_archive = archive;
    return OK;
}

void archive_close(struct archive *archive)
{
    if (archive == NULL)
        return;
    wording_zip_close(archive->zip);
    free(archive);
}

size_t archive_count(const struct archive *archive)
{
    return wording_zip_count(archive->zip);
}

struct str archive_name(struct archive *archive, size_t number)
{
    struct str name = str_of(wording_zip_name(archive->zip, number));
    return !str_is_absent(name) && utf8_is_valid(name) ? name : STR("");
}

bool archive_is_spent(const struct archive *archive)
{
    return wording_zip_is_spent(archive->zip);
}
