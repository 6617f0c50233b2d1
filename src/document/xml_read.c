#include "document/xml.h"

#include <expat.h>

enum { SEPARATOR = '\n' /* between namespace, name and prefix: no address holds one */ };

struct run {
    struct arena *arena;
    XML_Parser parser;
    struct xml *open[XML_DEPTH_MAX]; /* the element at work, in those around it */
    struct xml *root;
    size_t depth, nodes;
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

/* Expat gives "space\nname\nprefix", "space\nname" or "name". */
struct full_name {
    struct str space, name, prefix;
};

static bool keep(struct run *run, struct str text, struct str *ret_kept)
{
    *ret_kept = text.len == 0 ? STR("") : str_copy(run->arena, text);
    if (!str_is_absent(*ret_kept))
        return true;
    stop(run, LIMIT, "memory");
    return false;
}

/* Most elements are named and placed as the one before them: its words are used again. */
static bool name_of(struct run *run, const char *full, const struct xml *alike, struct full_name *ret_name)
{
    struct str rest = str_of(full), first = str_cut(&rest, SEPARATOR);
    struct str name = str_is_absent(rest) ? first : str_cut(&rest, SEPARATOR);
    struct str space = name.at == first.at ? STR("") : first;
    struct str prefix = str_is_absent(rest) ? STR("") : rest;
    bool is_alike = alike != NULL && str_eq(alike->name, name) && str_eq(alike->space, space) &&
                    str_eq(alike->prefix, prefix);
    if (is_alike) {
        *ret_name = (struct full_name){alike->space, alike->name, alike->prefix};
        return true;
    }
    return keep(run, space, &ret_name->space) && keep(run, name, &ret_name->name) &&
           keep(run, prefix, &ret_name->prefix);
}

static struct xml *add(struct run *run)
{
    struct xml *node = ++run->nodes > XML_NODES_MAX ? NULL : arena_new(run->arena, struct xml);
    if (node == NULL) {
        stop(run, LIMIT, run->nodes > XML_NODES_MAX ? "many" : "memory");
        return NULL;
    }
    *node = (struct xml){.space = STR(""), .prefix = STR(""), .text = STR(""), .line = line_of(run)};
    struct xml *parent = run->depth > 0 ? run->open[run->depth - 1] : NULL;
    if (parent == NULL)
        run->root = node;
    else if (parent->last == NULL)
        parent->first = parent->last = node;
    else
        parent->last = parent->last->next = node;
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
    if (run->status == OK && run->depth > 0 && !is_blank(words)) {
        struct xml *node = add(run);
        if (node != NULL && keep(run, words, &node->text))
            node->line = run->words_line;
    }
    buf_clear(&run->words);
}

static bool add_attributes(struct run *run, struct xml *element, const char **attributes)
{
    size_t count = 0;
    while (attributes[2 * count] != NULL)
        count++;
    if (count == 0)
        return true;
    struct xml_attribute *kept = arena_array(run->arena, struct xml_attribute, count);
    if (kept == NULL) {
        stop(run, LIMIT, "memory");
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct full_name name;
        if (!name_of(run, attributes[2 * i], NULL, &name) || !keep(run, str_of(attributes[2 * i + 1]), &kept[i].value))
            return false;
        kept[i].space = name.space;
        kept[i].prefix = name.prefix;
        kept[i].name = name.name;
    }
    element->attributes = kept;
    element->attribute_count = count;
    return true;
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
    const struct xml *alike = run->depth > 0 ? run->open[run->depth - 1]->last : NULL;
    if (!name_of(run, name, alike, &full))
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
        run->depth--;
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

static void parse(struct run *run, struct str bytes)
{
    XML_SetUserData(run->parser, run);
    XML_SetReturnNSTriplet(run->parser, 1);
    XML_SetElementHandler(run->parser, on_begin, on_end);
    XML_SetCharacterDataHandler(run->parser, on_words);
    XML_SetStartDoctypeDeclHandler(run->parser, on_doctype);
    XML_SetUnknownEncodingHandler(run->parser, on_encoding, NULL);
    if (XML_Parse(run->parser, bytes.at, (int)bytes.len, XML_TRUE) == XML_STATUS_OK || run->status != OK)
        return;
    enum XML_Error error = XML_GetErrorCode(run->parser);
    run->status = error == XML_ERROR_NO_MEMORY ? LIMIT : INVALID;
    run->fault = (struct xml_fault){.line = line_of(run), .what = XML_ErrorString(error)};
}

enum status xml_read(struct arena *arena, struct str bytes, struct xml **ret_root, struct xml_fault *ret_fault)
{
    *ret_fault = (struct xml_fault){.line = 1, .what = "long"};
    if (bytes.len > XML_BYTES_MAX)
        return LIMIT;
    struct run run = {.arena = arena, .parser = XML_ParserCreateNS(NULL, SEPARATOR), .words = BUF_INIT(XML_BYTES_MAX)};
    ret_fault->what = "memory";
    if (run.parser == NULL)
        return LIMIT;
    parse(&run, str_is_absent(bytes) ? STR("") : bytes);
    XML_ParserFree(run.parser);
    buf_finish(&run.words);
    *ret_fault = run.fault;
    TRY(run.status);
    *ret_root = run.root;
    return OK;
}
