/* The collections that are one file of JSON. */
#include <jansson.h>
#include <stdlib.h>

#include "os/file.h"
#include "proto/mime/html_text.h"
#include "service/source/collection_kind.h"

enum { SUBJECT_MIN = 30, SUBJECT_MAX = 300 }; /* bytes of what an article is said to be about */

struct place {
    json_t *list; /* children still to be read */
    size_t next;
    struct str title;
};

struct collection_json {
    json_t *root;
    struct place places[COLLECTION_DEPTH_MAX]; /* where the reading stands, from the root down */
    size_t depth;
};

/* ---- JSON ---- */

static struct str text_of_field(const json_t *object, const char *name)
{
    const json_t *field = json_object_get(object, name);
    return json_is_string(field) ? (struct str){json_string_value(field), json_string_length(field)} : STR("");
}

/* A heading on one line. */
static void add_heading(struct buf *words, struct str title)
{
    if (title.len == 0)
        return;
    buf_add(words, words->len > 0 ? STR("\n# ") : STR("# "));
    for (size_t i = 0; i < title.len; i++)
        buf_add_byte(words, title.at[i] == '\n' ? ' ' : title.at[i]);
    buf_add_byte(words, '\n');
}

/* ---- fiches-travail: a list of sheets, each with sections ---- */

/* "13/11/2025" */
static struct date french_date(struct str text)
{
    int64_t day, month, year;
    struct date date = {0};
    if (str_to_i64(str_cut(&text, '/'), &day) != OK || str_to_i64(str_cut(&text, '/'), &month) != OK ||
        str_to_i64(text, &year) != OK || year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1 || day > 31)
        return date;
    return date_of((int32_t)year, (int32_t)month, (int32_t)day);
}

enum status collection_next_sheet(struct ctx *ctx, struct collection *collection, struct document_text *ret_text)
{
    struct buf words BUF_SCOPE = BUF_INIT(DOCUMENT_WORDS_MAX);
    struct place *place = &collection->json->places[0];
    const json_t *sheet = json_array_get(place->list, place->next);
    const json_t *sections = json_object_get(sheet, "sections");
    if (sheet == NULL)
        return NOT_FOUND;
    collection->done = (int64_t)++place->next;
    struct document document = collection_document(collection);
    document.key = text_of_field(sheet, "pubId");
    document.title = text_of_field(sheet, "title");
    document.link = text_of_field(sheet, "url");
    document.written = french_date(text_of_field(sheet, "date"));
    html_text_write(&words, text_of_field(sheet, "intro"));
    for (size_t i = 0; i < json_array_size(sections); i++) {
        const json_t *section = json_array_get(sections, i);
        if (!str_eq(text_of_field(section, "title"), document.title))
            add_heading(&words, text_of_field(section, "title"));
        html_text_write(&words, text_of_field(section, "html"));
    }
    TRY(buf_status(&words));
    *ret_text = (struct document_text){document, str_copy(ctx->arena, buf_str(&words))};
    return str_is_absent(ret_text->words) ? LIMIT : OK;
}

/* ---- crpa: a tree of sections with articles as leaves ---- */

/* Milliseconds since 1970, at midnight. */
static struct date day_of_field(const json_t *data, const char *name)
{
    return date_of_instant((struct instant){(int64_t)json_number_value(json_object_get(data, name))});
}

/* "Section 1 : Principe du silence" is about "Principe du silence". */
static struct str name_of_section(struct str title)
{
    size_t colon = str_find(title, STR(" : "));
    return str_trim(colon == SIZE_MAX ? title : str_after(title, colon + 3));
}

/* What an article is about: its section, with those around it where that says little ("Modalités"). */
static struct str subject_of(struct ctx *ctx, const struct collection_json *json)
{
    struct str subject = STR("");
    for (size_t depth = json->depth; depth > 0 && subject.len < SUBJECT_MIN; depth--) {
        struct str name = name_of_section(json->places[depth - 1].title);
        if (name.len > 0 && name.len + subject.len < SUBJECT_MAX)
            subject = subject.len == 0 ? name
                                       : str_format(ctx->arena, "%.*s, %.*s", STR_ARG(name), STR_ARG(subject));
    }
    return subject;
}

static struct str title_of_article(struct ctx *ctx, const struct collection_json *json, struct str number)
{
    static const char code[] = "rticle %.*s du code des relations entre le public et l’administration";
    struct str subject = subject_of(ctx, json);
    struct buf title BUF_SCOPE = BUF_INIT(DOCUMENT_NAME_MAX);
    if (subject.len > 0) {
        buf_add(&title, subject);
        buf_add_literal(&title, " : ");
    }
    buf_add_byte(&title, subject.len > 0 ? 'a' : 'A');
    buf_add_format(&title, code, STR_ARG(number));
    return str_copy(ctx->arena, buf_str(&title));
}

static enum status article_text(struct ctx *ctx, const struct collection *collection, const json_t *data,
                                struct document_text *ret_text)
{
    struct buf words BUF_SCOPE = BUF_INIT(DOCUMENT_WORDS_MAX);
    const struct collection_json *json = collection->json;
    struct document document = collection_document(collection);
    document.key = text_of_field(data, "cid");
    document.title = title_of_article(ctx, json, text_of_field(data, "num"));
    document.link = str_format(ctx->arena, "https://www.legifrance.gouv.fr/codes/article_lc/%.*s",
                               STR_ARG(text_of_field(data, "id")));
    document.written = day_of_field(data, "dateDebut");
    add_heading(&words, json->places[json->depth - 1].title);
    html_text_write(&words, text_of_field(data, "texteHtml"));
    TRY(buf_status(&words));
    *ret_text = (struct document_text){document, str_copy(ctx->arena, buf_str(&words))};
    return str_is_absent(ret_text->words) ? LIMIT : OK;
}

static enum status descend(struct collection_json *json, const json_t *node)
{
    json_t *children = json_object_get(node, "children");
    if (!json_is_array(children))
        return OK;
    if (json->depth == COLLECTION_DEPTH_MAX)
        return LIMIT;
    json->places[json->depth++] =
        (struct place){.list = children, .title = text_of_field(json_object_get(node, "data"), "title")};
    return OK;
}

/* In force today, whatever its state is called: one that is to be repealed (ABROGE_DIFF) still is, one of a later day
 * (VIGUEUR_DIFF) is not yet. The day its force ends is no day of it. One without an end stands. */
static bool is_in_force(const json_t *data, struct date today)
{
    struct date end = day_of_field(data, "dateFin");
    return json_is_number(json_object_get(data, "dateDebut")) && day_of_field(data, "dateDebut").days <= today.days &&
           (!json_is_number(json_object_get(data, "dateFin")) || today.days < end.days);
}

enum status collection_next_article(struct ctx *ctx, struct collection *collection, struct document_text *ret_text)
{
    struct collection_json *json = collection->json;
    while (json->depth > 0) {
        struct place *place = &json->places[json->depth - 1];
        const json_t *node = json_array_get(place->list, place->next++);
        const json_t *data = json_object_get(node, "data");
        if (node == NULL) {
            json->depth--;
            collection->done += json->depth == 1;
            continue;
        }
        bool is_article = str_eq(text_of_field(node, "type"), STR("article"));
        if (is_article && is_in_force(data, date_of_instant(ctx->now)))
            return article_text(ctx, collection, data, ret_text);
        if (!is_article)
            TRY(descend(json, node));
    }
    return NOT_FOUND;
}

/* ---- opening ---- */

static enum status load(const char *path, json_t **ret_root)
{
    struct str bytes;
    TRY(file_map_path(path, &bytes));
    if (bytes.len > COLLECTION_FILE_MAX) {
        file_unmap(bytes);
        return LIMIT;
    }
    *ret_root = json_loadb(bytes.at, bytes.len, 0, NULL);
    file_unmap(bytes);
    return *ret_root != NULL ? OK : INVALID;
}

enum status collection_json_open(struct collection *collection, const char *path)
{
    struct collection_json *json = calloc(1, sizeof *json);
    if (json == NULL)
        return LIMIT;
    collection->json = json;
    TRY(load(path, &json->root));
    json_t *list = json_is_array(json->root) ? json->root : json_object_get(json->root, "children");
    if (!json_is_array(list))
        return INVALID;
    json->places[0] = (struct place){.list = list, .title = STR("")};
    json->depth = 1;
    collection->total = (int64_t)json_array_size(list);
    return OK;
}

void collection_json_close(struct collection *collection)
{
    if (collection->json == NULL)
        return;
    json_decref(collection->json->root);
    free(collection->json);
}
