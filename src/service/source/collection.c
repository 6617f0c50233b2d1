#include "service/source/collection.h"

#include <stdlib.h>

#include "service/source/collection_kind.h"
#include "service/source/lang.h"
#include "service/source/reading.h"

#define DILA "Direction de l’information légale et administrative"
#define SERVICE_PUBLIC "https://www.service-public.fr/"

/* What each file says of all its texts. Licences: pages "Mentions légales" of travail-emploi.gouv.fr and
 * legifrance.gouv.fr (Licence Ouverte); the archives are open data of DILA under the same. */
static const struct collection_kind kinds[] = {
    {"fiches-travail", "Ministère du Travail", "travail-emploi.gouv.fr", "etalab-2.0", collection_next_sheet, NULL,
     NULL},
    {"crpa", "République française", "DILA, legifrance.gouv.fr", "etalab-2.0", collection_next_article, NULL, NULL},
    {"vosdroits-particuliers", DILA, DILA, "etalab-2.0", collection_next_line, "Particuliers",
     SERVICE_PUBLIC "particuliers/vosdroits/"},
    {"vosdroits-professionnels", DILA, DILA, "etalab-2.0", collection_next_line, "Professionnels",
     SERVICE_PUBLIC "professionnels-entreprises/vosdroits/"},
    {"vosdroits-associations", DILA, DILA, "etalab-2.0", collection_next_line, "Associations",
     SERVICE_PUBLIC "associations/vosdroits/"},
};

struct document collection_document(const struct collection *collection)
{
    const struct collection_kind *kind = collection->kind;
    return (struct document){.collection = str_of(kind->name),
                             .authors = str_of(kind->authors),
                             .publisher = str_of(kind->publisher),
                             .licence = str_of(kind->licence)};
}

static enum status find_kind(struct ctx *ctx, struct str name, const struct collection_kind **ret_kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(name, str_of(kinds[i].name))) {
            *ret_kind = &kinds[i];
            return OK;
        }
    return refuse(ctx, NOT_FOUND, "source.collection", T_source_collection_unknown);
}

enum status collection_is_archive(struct ctx *ctx, struct str name, bool *ret_is)
{
    const struct collection_kind *kind;
    TRY(find_kind(ctx, name, &kind));
    *ret_is = kind->audience != NULL;
    return OK;
}

static enum status create(struct ctx *ctx, struct str name, struct collection **ret_collection)
{
    const struct collection_kind *kind;
    TRY(find_kind(ctx, name, &kind));
    struct collection *collection = calloc(1, sizeof *collection);
    if (collection == NULL)
        return LIMIT;
    collection->kind = kind;
    *ret_collection = collection;
    return OK;
}

enum status collection_open(struct ctx *ctx, struct str name, struct str path, struct collection **ret_collection)
{
    struct collection *collection;
    char *c_path = str_c(ctx->arena, path);
    if (c_path == NULL)
        return LIMIT;
    TRY(create(ctx, name, &collection));
    enum status done = collection_json_open(collection, c_path);
    if (done == OK) {
        *ret_collection = collection;
        return OK;
    }
    collection_close(collection);
    if (done == NOT_FOUND || done == DENIED)
        return refuse(ctx, NOT_FOUND, "source.path", T_source_path_wrong);
    return done == INVALID ? refuse(ctx, INVALID, "source.form", T_source_form_wrong) : done;
}

enum status collection_open_lines(struct ctx *ctx, struct str name, struct str lines,
                                  struct collection **ret_collection)
{
    struct conversion conversion;
    struct collection *collection;
    TRY(shape_from_json(ctx->arena, &conversion_shape, str_cut(&lines, '\n'), &conversion));
    if (conversion.end != WORDING_DONE)
        return reading_refuse(ctx, (enum wording_end)conversion.end);
    TRY(create(ctx, name, &collection));
    collection->lines = lines;
    collection->total = (int64_t)lines.len;
    enum status done = collection_lines_check(ctx, collection);
    if (done == OK)
        *ret_collection = collection;
    else
        collection_close(collection);
    return done;
}

void collection_close(struct collection *collection)
{
    if (collection == NULL)
        return;
    collection_json_close(collection);
    free(collection);
}

enum status collection_next(struct ctx *ctx, struct collection *collection, struct document_text *ret_text)
{
    return collection->kind->next(ctx, collection, ret_text);
}

enum wording_end collection_end(const struct collection *collection)
{
    return collection->end;
}

void collection_progress(const struct collection *collection, int64_t *ret_done, int64_t *ret_total)
{
    *ret_done = collection->done;
    *ret_total = collection->total;
}
