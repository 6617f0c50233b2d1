#include "document/wording_xml.h"

#include <expat.h>

enum { SEPARATOR = '|' /* between a namespace's address and a name; neither kind of document has it in a name */ };

struct run {
    const struct wording_xml_reader *reader;
    void *with;
    XML_Parser parser;
    size_t depth;
    enum status status;
};

static struct wording_tag tag_of(const char *full)
{
    struct str name = str_of(full);
    size_t at = str_find_byte_last(name, SEPARATOR);
    if (at == SIZE_MAX)
        return (struct wording_tag){.space = STR(""), .name = name};
    return (struct wording_tag){.space = str_slice(name, 0, at), .name = str_after(name, at + 1)};
}

struct str wording_attribute(const struct wording_tag *tag, const char *name)
{
    const char *const *at = tag->attributes;
    for (; at != NULL && at[0] != NULL; at += 2)
        if (str_eq(tag_of(at[0]).name, str_of(name)))
            return str_of(at[1]);
    return STR_NONE;
}

static void stop(struct run *run, enum status status)
{
    if (run->status == OK)
        run->status = status;
    (void)XML_StopParser(run->parser, XML_FALSE); /* fails where it has stopped already */
}

static void on_begin(void *with, const char *name, const char **attributes)
{
    struct run *run = with;
    struct wording_tag tag = tag_of(name);
    tag.attributes = attributes;
    if (run->status != OK)
        return;
    if (++run->depth > WORDING_DEPTH_MAX) {
        stop(run, LIMIT);
        return;
    }
    if (run->reader->begin != NULL)
        run->reader->begin(run->with, &tag);
    if (run->reader->is_over != NULL && run->reader->is_over(run->with))
        stop(run, LIMIT);
}

static void on_end(void *with, const char *name)
{
    struct run *run = with;
    struct wording_tag tag = tag_of(name);
    if (run->status != OK)
        return;
    run->depth--;
    if (run->reader->end != NULL)
        run->reader->end(run->with, &tag);
}

static void on_words(void *with, const char *words, int length)
{
    struct run *run = with;
    if (run->status == OK && length > 0 && run->reader->words != NULL)
        run->reader->words(run->with, (struct str){words, (size_t)length});
}

/* A document of these kinds has none; it is where entities would be declared. */
static void on_doctype(void *with, const char *name, const char *system_id, const char *public_id, int has_subset)
{
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_subset;
    stop(with, INVALID);
}

static enum status parse(struct run *run, struct str piece, bool is_last)
{
    if (XML_Parse(run->parser, piece.at, (int)piece.len, is_last) == XML_STATUS_OK)
        return OK;
    if (run->status != OK)
        return run->status;
    return XML_GetErrorCode(run->parser) == XML_ERROR_NO_MEMORY ? LIMIT : INVALID;
}

static enum status take(void *with, struct str piece)
{
    return parse(with, piece, false);
}

enum status wording_xml_read(struct wording_zip *zip, const char *name, const struct wording_xml_reader *reader,
                             void *with)
{
    struct run run = {.reader = reader, .with = with, .parser = XML_ParserCreateNS(NULL, SEPARATOR)};
    if (run.parser == NULL)
        return LIMIT;
    XML_SetUserData(run.parser, &run);
    XML_SetElementHandler(run.parser, on_begin, on_end);
    XML_SetCharacterDataHandler(run.parser, on_words);
    XML_SetStartDoctypeDeclHandler(run.parser, on_doctype);
    enum status done = wording_zip_read(zip, name, take, &run);
    if (done == OK)
        done = parse(&run, STR(""), true);
    XML_ParserFree(run.parser);
    return done;
}
