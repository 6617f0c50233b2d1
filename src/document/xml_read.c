#include "document/xml.h"

#include <expat.h>

#include "os/file.h"

enum {
    SEPARATOR = '\n', /* between namespace, name and prefix: no address holds one */
    NAMES = 256,      /* places for names used lately */
    LISTS = 1024,     /* and for attributes that stand alone */
    LIST_VALUE_MAX = 32,
    PIECE = 64 << 10, /* bytes of a file at a time */
};

/* Expat gives "space\nname\nprefix", "space\nname" or "name". */
struct full_name {
    struct str full, space, name, prefix; /* full: all of it, which the others are parts of */
};

/* Documents say the same names and values again and again: one that stands in its place is used again, so most elements
 * take the room of a node alone. */
struct run {
    struct full_name names[NAMES];
    const struct xml_attribute *lists[LISTS];
    struct arena *arena;
    XML_Parser parser;
    struct xml *open[XML_DEPTH_MAX]; /* the element at work, in those around it */
    struct xml *root;
    size_t depth, nodes;
    bool is_exact; /* blanks between elements are kept */
    struct buf words; /* of a text that comes in pieces */
    uint32_t words_line;
    enum status status;
    struct xml_fault fault;
};

static uint32_t line_of(const struct run *run)
{
    return (uint32_t)XML_GetCurrentLineNumber(run->parser);
}

static void stop(struct run *run, enum status status, const char *what)
{
    if (run->status != OK)
        return;
    run->status = status;
    run->fault = (struct xml_fault){.line = line_of(run), .what = what};
    (void)XML_StopParser(run->parser, XML_FALSE); /* fails where it has stopped already */
}

static bool keep(struct run *run, struct str text, struct str *ret_kept)
{
    *ret_kept = text.len == 0 ? STR("") : str_copy(run->arena, text);
    if (!str_is_absent(*ret_kept))
        return true;
    stop(run, LIMIT, "memory");
    return false;
}

/* FNV-1a. */
static uint32_t hash_of(struct str text, uint32_t hash)
{
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * 16777619u;
    return hash;
}
#define HASH_BEGIN 2166136261u

static bool name_of(struct run *run, const char *given, struct full_name *ret_name)
{
    struct str full = str_of(given);
    struct full_name *known = &run->names[hash_of(full, HASH_BEGIN) % NAMES];
    if (str_is_absent(known->full) || !str_eq(known->full, full)) {
        if (!keep(run, full, &full))
            return false;
        struct str rest = full, first = str_cut(&rest, SEPARATOR);
        *known = (struct full_name){.full = full, .space = STR(""), .name = first, .prefix = STR("")};
        if (!str_is_absent(rest)) {
            known->space = first;
            known->name = str_cut(&rest, SEPARATOR);
        }
        if (!str_is_absent(rest))
            known->prefix = rest;
    }
    *ret_name = *known;
    return true;
}

static struct xml *add(struct run *run)
{
    struct xml *node = ++run->nodes > XML_NODES_MAX ? NULL : arena_new(run->arena, struct xml);
    if (node == NULL) {
        stop(run, LIMIT, run->nodes > XML_NODES_MAX ? "many" : "memory");
        return NULL;
    }
    *node = (struct xml){.space = STR(""), .prefix = STR(""), .line = line_of(run)};
    struct xml *parent = run->depth > 0 ? run->open[run->depth - 1] : NULL;
    if (parent == NULL)
        run->root = node;
    else
        xml_append(parent, node);
    return node;
}

static bool is_blank(struct str text)
{
    return str_trim(text).len == 0;
}

/* What was said up to here is a text of its own. */
static void end_words(struct run *run)
{
    struct str words = buf_str(&run->words);
    if (run->words.is_over)
        stop(run, LIMIT, "long");
    if (run->status == OK && run->depth > 0 && words.len > 0 && (run->is_exact || !is_blank(words))) {
        struct xml *node = add(run);
        if (node != NULL && keep(run, words, &node->text))
            node->line = run->words_line;
    }
    buf_clear(&run->words);
}

static bool fill_attribute(struct run *run, const struct full_name *name, const char *value,
                           struct xml_attribute *into)
{
    *into = (struct xml_attribute){.space = name->space, .prefix = name->prefix, .name = name->name};
    return keep(run, str_of(value), &into->value);
}

/* <Name V="0.00"/>: nobody changes a list of attributes, so all of these may have the same. */
static const struct xml_attribute *alone(struct run *run, const struct full_name *name, const char *value)
{
    struct str text = str_of(value);
    const struct xml_attribute **known = &run->lists[hash_of(text, hash_of(name->full, HASH_BEGIN)) % LISTS];
    if (*known != NULL && str_eq((*known)->value, text) && str_eq((*known)->name, name->name) &&
        str_eq((*known)->space, name->space) && str_eq((*known)->prefix, name->prefix))
        return *known;
    struct xml_attribute *made = arena_new(run->arena, struct xml_attribute);
    if (made == NULL)
        stop(run, LIMIT, "memory");
    else if (fill_attribute(run, name, value, made) && text.len <= LIST_VALUE_MAX)
        *known = made;
    return made;
}

static bool add_attributes(struct run *run, struct xml *element, const char **attributes)
{
    struct full_name name;
    size_t count = 0;
    while (attributes[2 * count] != NULL)
        count++;
    element->attribute_count = count;
    if (count == 1 && name_of(run, attributes[0], &name))
        element->attributes = alone(run, &name, attributes[1]);
    if (count <= 1)
        return run->status == OK;
    struct xml_attribute *kept = arena_array(run->arena, struct xml_attribute, count);
    element->attributes = kept;
    if (kept == NULL)
        stop(run, LIMIT, "memory");
    for (size_t i = 0; run->status == OK && i < count; i++)
        if (name_of(run, attributes[2 * i], &name))
            (void)fill_attribute(run, &name, attributes[2 * i + 1], &kept[i]);
    return run->status == OK;
}

static void on_begin(void *with, const char *name, const char **attributes)
{
    struct run *run = with;
    struct full_name full;
    end_words(run);
    if (run->status == OK && run->depth == XML_DEPTH_MAX)
        stop(run, LIMIT, "deep");
    if (run->status != OK)
        return;
    if (!name_of(run, name, &full))
        return;
    struct xml *element = add(run);
    if (element == NULL)
        return;
    element->space = full.space;
    element->name = full.name;
    element->prefix = full.prefix;
    if (add_attributes(run, element, attributes))
        run->open[run->depth++] = element;
}

static void on_end(void *with, const char *name)
{
    struct run *run = with;
    (void)name;
    end_words(run);
    if (run->status == OK)
        run->open[--run->depth]->end = (uint32_t)XML_GetCurrentByteIndex(run->parser);
}

static void on_instruction(void *with, const char *target, const char *words)
{
    struct run *run = with;
    (void)target;
    (void)words;
    if (run->depth > 0)
        stop(run, INVALID, "instruction");
}

static void on_words(void *with, const char *words, int length)
{
    struct run *run = with;
    if (run->words.len == 0)
        run->words_line = line_of(run);
    if (run->status == OK)
        buf_add(&run->words, (struct str){words, (size_t)length});
}

static void on_doctype(void *with, const char *name, const char *system_id, const char *public_id, int has_subset)
{
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_subset;
    stop(with, INVALID, "doctype");
}

/* ---- encodings that Expat does not know by itself: Latin ones with the euro ---- */

static const int windows_1252[32] = {
    0x20AC, -1,     0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, -1,     0x017D, -1,     -1,     0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1,     0x017E, 0x0178};

static const int iso_8859_15[][2] = {{0xA4, 0x20AC}, {0xA6, 0x0160}, {0xA8, 0x0161}, {0xB4, 0x017D},
                                     {0xB8, 0x017E}, {0xBC, 0x0152}, {0xBD, 0x0153}, {0xBE, 0x0178}};

static int on_encoding(void *with, const char *name, XML_Encoding *encoding)
{
    (void)with;
    bool is_windows = str_eq_nocase(str_of(name), STR("windows-1252")) || str_eq_nocase(str_of(name), STR("cp1252"));
    if (!is_windows && !str_eq_nocase(str_of(name), STR("iso-8859-15")))
        return XML_STATUS_ERROR;
    for (int i = 0; i < 256; i++)
        encoding->map[i] = i;
    for (int i = 0; is_windows && i < 32; i++)
        encoding->map[0x80 + i] = windows_1252[i];
    for (size_t i = 0; !is_windows && i < sizeof iso_8859_15 / sizeof *iso_8859_15; i++)
        encoding->map[iso_8859_15[i][0]] = iso_8859_15[i][1];
    encoding->data = NULL;
    encoding->convert = NULL;
    encoding->release = NULL;
    return XML_STATUS_OK;
}

/* ---- the whole ---- */

static enum status begin(struct run *run)
{
    run->words = BUF_INIT(XML_BYTES_MAX);
    run->parser = XML_ParserCreateNS(NULL, SEPARATOR);
    run->fault = (struct xml_fault){.line = 1, .what = "memory"};
    if (run->parser == NULL)
        return LIMIT;
    XML_SetUserData(run->parser, run);
    XML_SetReturnNSTriplet(run->parser, 1);
    XML_SetElementHandler(run->parser, on_begin, on_end);
    XML_SetCharacterDataHandler(run->parser, on_words);
    XML_SetStartDoctypeDeclHandler(run->parser, on_doctype);
    XML_SetUnknownEncodingHandler(run->parser, on_encoding, NULL);
    if (run->is_exact)
        XML_SetProcessingInstructionHandler(run->parser, on_instruction);
    return OK;
}

static void parse(struct run *run, struct str bytes, bool is_last)
{
    if (run->status != OK || XML_Parse(run->parser, bytes.at, (int)bytes.len, is_last) == XML_STATUS_OK ||
        run->status != OK)
        return;
    enum XML_Error error = XML_GetErrorCode(run->parser);
    run->status = error == XML_ERROR_NO_MEMORY ? LIMIT : INVALID;
    run->fault = (struct xml_fault){.line = line_of(run), .what = XML_ErrorString(error)};
}

static enum status end(struct run *run, struct xml **ret_root, struct xml_fault *ret_fault)
{
    if (run->parser != NULL)
        XML_ParserFree(run->parser);
    buf_finish(&run->words);
    *ret_fault = run->fault;
    TRY(run->status);
    *ret_root = run->root;
    return OK;
}

static enum status read_bytes(struct arena *arena, struct str bytes, bool is_exact, struct xml **ret_root,
                              struct xml_fault *ret_fault)
{
    *ret_fault = (struct xml_fault){.line = 1, .what = "long"};
    if (bytes.len > XML_BYTES_MAX)
        return LIMIT;
    struct run run = {.arena = arena, .is_exact = is_exact};
    run.status = begin(&run);
    parse(&run, str_is_absent(bytes) ? STR("") : bytes, true);
    return end(&run, ret_root, ret_fault);
}

enum status xml_read(struct arena *arena, struct str bytes, struct xml **ret_root, struct xml_fault *ret_fault)
{
    return read_bytes(arena, bytes, false, ret_root, ret_fault);
}

enum status xml_read_exact(struct arena *arena, struct str bytes, struct xml **ret_root, struct xml_fault *ret_fault)
{
    return read_bytes(arena, bytes, true, ret_root, ret_fault);
}

/* A file that grows while it is read is cut where it was seen to end. */
static enum status parse_file(struct run *run, int fd, int64_t size)
{
    char piece[PIECE];
    size_t got = 0;
    for (int64_t at = 0; run->status == OK && at < size; at += (int64_t)got) {
        size_t wanted = size - at < PIECE ? (size_t)(size - at) : PIECE;
        TRY(file_read(fd, at, piece, wanted, &got));
        if (got == 0)
            break;
        parse(run, (struct str){piece, got}, false);
    }
    parse(run, STR(""), true);
    return OK;
}

enum status xml_read_file(struct arena *arena, const char *path, struct xml **ret_root, struct xml_fault *ret_fault)
{
    int fd FILE_SCOPE = -1;
    int64_t size;
    struct run run = {.arena = arena};
    *ret_fault = (struct xml_fault){0};
    TRY(file_open(path, FILE_READ, &fd));
    TRY(file_size(fd, &size));
    *ret_fault = (struct xml_fault){.line = 1, .what = "long"};
    if (size > XML_BYTES_MAX)
        return LIMIT;
    run.status = begin(&run);
    enum status seen = run.status == OK ? parse_file(&run, fd, size) : OK;
    enum status done = end(&run, ret_root, ret_fault);
    if (seen != OK)
        *ret_fault = (struct xml_fault){0};
    return seen != OK ? seen : done;
}
