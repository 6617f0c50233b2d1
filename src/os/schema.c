#include "os/schema.h"

#include <dlfcn.h>
#include <limits.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdlib.h>

/* What of libxml2 is used, found by name. */
#define XML_CALLS(call)                                                                                            \
    call(xmlReadMemory) call(xmlFreeDoc) call(xmlSetExternalEntityLoader) call(xmlNoNetExternalEntityLoader)       \
        call(xmlSchemaNewParserCtxt) call(xmlSchemaFreeParserCtxt) call(xmlSchemaSetParserStructuredErrors)        \
            call(xmlSchemaParse) call(xmlSchemaFree) call(xmlSchemaNewValidCtxt) call(xmlSchemaFreeValidCtxt)      \
                call(xmlSchemaSetValidStructuredErrors) call(xmlSchemaValidateDoc)                                 \
                    call(xmlSetStructuredErrorFunc)
#define XML_POINTER(name) __typeof__(name) *name; /* NOLINT(bugprone-macro-parentheses): it bears none */
struct xml_calls {
    XML_CALLS(XML_POINTER)
};

struct schema {
    void *library;
    struct xml_calls xml;
    xmlSchemaPtr compiled;
};

static enum status load(struct schema *schema)
{
    schema->library = dlopen("libxml2.so.2", RTLD_NOW | RTLD_LOCAL);
    if (schema->library == NULL)
        return NOT_FOUND;
#define XML_FIND(name)                                                                                             \
    *(void **)(void *)&schema->xml.name = dlsym(schema->library, #name);                                           \
    if (schema->xml.name == NULL)                                                                                  \
        return NOT_FOUND;
    XML_CALLS(XML_FIND)
    schema->xml.xmlSetExternalEntityLoader(schema->xml.xmlNoNetExternalEntityLoader);
    return OK;
}

/* ---- the schema ---- */

static struct str words_of(const xmlError *error)
{
    return error->message == NULL ? STR("") : str_trim(str_of(error->message));
}

/* The first reason stays. */
static void on_schema_error(void *with, xmlErrorPtr error)
{
    struct buf *said = with;
    if (said->len == 0 && error->level >= XML_ERR_ERROR)
        buf_add_format(said, "%s:%d: %.*s", error->file == NULL ? "" : error->file, error->line,
                       STR_ARG(words_of(error)));
}

static enum status compile(struct schema *schema, const char *path, struct buf *said)
{
    const struct xml_calls *xml = &schema->xml;
    xmlSchemaParserCtxtPtr parser = xml->xmlSchemaNewParserCtxt(path);
    if (parser == NULL)
        return INVALID;
    xml->xmlSetStructuredErrorFunc(said, on_schema_error); /* of the files it reads */
    xml->xmlSchemaSetParserStructuredErrors(parser, on_schema_error, said);
    schema->compiled = xml->xmlSchemaParse(parser);
    xml->xmlSchemaFreeParserCtxt(parser);
    xml->xmlSetStructuredErrorFunc(NULL, NULL);
    return schema->compiled == NULL ? INVALID : OK;
}

enum status schema_open(const char *path, struct schema **ret_schema, struct buf *ret_said)
{
    struct schema *schema = calloc(1, sizeof *schema);
    REQUIRE(schema != NULL);
    enum status done = load(schema);
    if (done == OK)
        done = compile(schema, path, ret_said);
    if (done != OK)
        schema_close(&schema);
    else
        *ret_schema = schema;
    return done;
}

void schema_close(struct schema **schema)
{
    if (*schema == NULL)
        return;
    if ((*schema)->compiled != NULL)
        (*schema)->xml.xmlSchemaFree((*schema)->compiled);
    if ((*schema)->library != NULL)
        dlclose((*schema)->library);
    free(*schema);
    *schema = NULL;
}

/* ---- a document ---- */

struct checking {
    schema_say *say;
    void *with;
    bool was_said;
};

static void on_error(void *with, xmlErrorPtr error)
{
    struct checking *checking = with;
    checking->was_said = true;
    checking->say(checking->with, error->line, words_of(error));
}

static enum status validate(struct schema *schema, xmlDocPtr document, struct checking *checking)
{
    const struct xml_calls *xml = &schema->xml;
    xmlSchemaValidCtxtPtr work = xml->xmlSchemaNewValidCtxt(schema->compiled);
    REQUIRE(work != NULL);
    xml->xmlSchemaSetValidStructuredErrors(work, on_error, checking);
    int done = xml->xmlSchemaValidateDoc(work, document);
    xml->xmlSchemaFreeValidCtxt(work);
    return done == 0 ? OK : INVALID;
}

enum status schema_check(struct schema *schema, struct str bytes, schema_say *say, void *with)
{
    struct checking checking = {.say = say, .with = with};
    const struct xml_calls *xml = &schema->xml;
    if (bytes.len > INT_MAX)
        return LIMIT;
    xml->xmlSetStructuredErrorFunc(&checking, on_error);
    xmlDocPtr document = xml->xmlReadMemory(bytes.at, (int)bytes.len, "document", NULL,
                                            XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_COMPACT);
    bool is_plain = document != NULL && document->intSubset == NULL && document->extSubset == NULL;
    enum status done = is_plain ? validate(schema, document, &checking) : INVALID;
    if (done == INVALID && !checking.was_said)
        say(with, 1, STR("DOCTYPE"));
    if (document != NULL)
        xml->xmlFreeDoc(document);
    xml->xmlSetStructuredErrorFunc(NULL, NULL);
    return done;
}
