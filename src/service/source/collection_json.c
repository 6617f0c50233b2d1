#include "service/source/collection.h"

#include <jansson.h>
#include <stdlib.h>

#include "os/file.h"
#include "proto/mime/html_text.h"

enum { SUBJECT_MIN = 30, SUBJECT_MAX = 300 }; /* bytes of what an article is said to be about */

struct place {
    json_t *list; /* children still to be read */
    size_t next;
    struct str title;
};

struct collection {
    const struct kind *kind;
    json_t *root;
    struct place places[COLLECTION_DEPTH_MAX]; /* where the reading stands, from the root down */
    size_t depth;
    int64_t done, total;
};

typedef enum status read_next(struct ctx *ctx, struct collection *collection, struct document_text *ret_text);
static read_next next_sheet, next_article;

/* What each file says of all its texts. Licences: pages "Mentions légales" of travail-emploi.gouv.fr and
 * legifrance.gouv.fr (Licence Ouverte). */
static const struct kind {
    const char *name, *authors, *publisher, *licence;
    read_next *next;
} kinds[] = {
    {"fiches-travail", "Ministère du Travail", "travail-emploi.gouv.fr", "etalab-2.0", next_sheet},
    {"crpa", "République française", "DILA, legifrance.gouv.fr", "etalab-2.0", next_article},
};

/* ---- JSON ---- */

static struct str text_of_field(const json_t *object, const char *name)
{
    const json_t *field = json_object_get(object, name);
    return json_is_string(field) ? (struct str){json_string_value(field), json_string_length(field)} : STR("");
}

static struct document document_of(const struct collection *collection)
{
    const struct kind *kind = collection->kind;
    return (struct document){.collection = str_of(kind->name),
                             .authors = str_of(kind->authors),
                             .publisher = str_of(kind->publisher),
                             .licence = str_of(kind->licence)};
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

static enum status next_sheet(struct ctx *ctx, struct collection *collection, struct document_text *ret_text)
{
    struct buf words BUF_SCOPE = BUF_INIT(DOCUMENT_WORDS_MAX);
    struct place *place = &collection->places[0];
    const json_t *sheet = json_array_get(place->list, place->next);
    const json_t *sections = json_object_get(sheet, "sections");
    if (sheet == NULL)
        return NOT_FOUND;
    collection->done = (int64_t)++place->next;
    struct document document = document_of(collection);
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

/* "Section 1 : Principe du silence" is about "Principe du silence". */
static struct str name_of_section(struct str title)
{
    size_t colon = str_find(title, STR(" : "));
    return str_trim(colon == SIZE_MAX ? title : str_after(title, colon + 3));
}

/* What an article is about: its section, with those around it where that says little ("Modalités"). */
static struct str subject_of(struct ctx *ctx, const struct collection *collection)
{
    struct str subject = STR("");
    for (size_t depth = collection->depth; depth > 0 && subject.len < SUBJECT_MIN; depth--) {
        struct str name = name_of_section(collection->places[depth - 1].title);
        if (name.len > 0 && name.len + subject.len < SUBJECT_MAX)
            subject = subject.len == 0 ? name
                                       : str_format(ctx->arena, "%.*s, %.*s", STR_ARG(name), STR_ARG(subject));
    }
    return subject;
}

static struct str title_of_article(struct ctx *ctx, const struct collection *collection, struct str number)
{
    static const char code[] = "rticle %.*s du code des relations entre le public et l’administration";
    struct str subject = subject_of(ctx, collection);
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
    struct document document = document_of(collection);
    document.key = text_of_field(data, "cid");
    document.title = title_of_article(ctx, collection, text_of_field(data, "num"));
    document.link = str_format(ctx->arena, "https://www.legifrance.gouv.fr/codes/article_lc/%.*s",
                               STR_ARG(text_of_field(data, "id")));
    int64_t begins_ms = (int64_t)json_number_value(json_object_get(data, "dateDebut"));
    document.written = date_of_instant((struct instant){begins_ms});
    add_heading(&words, collection->places[collection->depth - 1].title);
    html_text_write(&words, text_of_field(data, "texteHtml"));
    TRY(buf_status(&words));
    *ret_text = (struct document_text){document, str_copy(ctx->arena, buf_str(&words))};
    return str_is_absent(ret_text->words) ? LIMIT : OK;
}

static enum status descend(struct collection *collection, const json_t *node)
{
    json_t *children = json_object_get(node, "children");
    if (!json_is_array(children))
        return OK;
    if (collection->depth == COLLECTION_DEPTH_MAX)
        return LIMIT;
    collection->places[collection->depth++] =
        (struct place){.list = children, .title = text_of_field(json_object_get(node, "data"), "title")};
    return OK;
}

static enum status next_article(struct ctx *ctx, struct collection *collection, struct document_text *ret_text)
{
    while (collection->depth > 0) {
        struct place *place = &collection->places[collection->depth - 1];
        const json_t *node = json_array_get(place->list, place->next++);
        const json_t *data = json_object_get(node, "data");
        if (node == NULL) {
            collection->depth--;
            collection->done += collection->depth == 1;
            continue;
        }
        bool is_article = str_eq(text_of_field(node, "type"), STR("article"));
        if (is_article && str_starts(text_of_field(data, "etat"), STR("VIGUEUR")))
            return article_text(ctx, collection, data, ret_text);
        if (!is_article)
            TRY(descend(collection, node));
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

static enum status begin(struct collection *collection)
{
    json_t *list = json_is_array(collection->root) ? collection->root : json_object_get(collection->root, "children");
    if (!json_is_array(list))
        return INVALID;
    collection->places[0] = (struct place){.list = list, .title = STR("")};
    collection->depth = 1;
    collection->total = (int64_t)json_array_size(list);
    return OK;
}

enum status collection_open(struct ctx *ctx, struct str name, struct str path, struct collection **ret_collection)
{
    size_t k = 0, count = sizeof kinds / sizeof kinds[0];
    char *c_path = str_c(ctx->arena, path);
    struct collection *collection = calloc(1, sizeof *collection);
    while (k < count && !str_eq(name, str_of(kinds[k].name)))
        k++;
    if (collection == NULL || c_path == NULL || k == count) {
        free(collection);
        return k == count ? refuse(ctx, NOT_FOUND, "source.collection", T_source_collection_unknown) : LIMIT;
    }
    collection->kind = &kinds[k];
    enum status done = load(c_path, &collection->root);
    if (done == OK)
        done = begin(collection);
    if (done == OK) {
        *ret_collection = collection;
        return OK;
    }
    collection_close(collection);
    if (done == NOT_FOUND || done == DENIED)
        return refuse(ctx, NOT_FOUND, "source.path", T_source_path_wrong);
    return done == INVALID ? refuse(ctx, INVALID, "source.form", T_source_form_wrong) : done;
}

void collection_close(struct collection *collection)
{
    if (collection == NULL)
        return;
    json_decref(collection->root);
    free(collection);
}

enum status collection_next(struct ctx *ctx, struct collection *collection, struct document_text *ret_text)
{
    return collection->kind->next(ctx, collection, ret_text);
}

void collection_progress(const struct collection *collection, int64_t *ret_done, int64_t *ret_total)
{
    *ret_done = collection->done;
    *ret_total = collection->total;
}
