#include "language/source/sheet.h"

#include "language/json.h"

/* What an element means for the text within it. */
enum role {
    ROLE_INHERIT, /* as the element around it */
    ROLE_SKIP,
    ROLE_TITLE,
    ROLE_DATE,
    ROLE_PUBLISHER,
    ROLE_SUMMARY,
    ROLE_RIGHTS,
    ROLE_PATH,    /* steps of the path, of which the last is the sheet itself */
    ROLE_STEP,
    ROLE_LEAD,
    ROLE_SECTION, /* has a title of its own, and goes one level deeper */
    ROLE_ASIDE,   /* its title is a word like any: "À noter" */
    ROLE_EXAMPLE, /* its title is text, or it would be taken for a rule */
    ROLE_HEADING, /* the title of what is around it */
    ROLE_FLOATING, /* a title of what follows, up to the next */
    ROLE_BLOCK,   /* a paragraph */
    ROLE_ITEM,
    ROLE_ROW,
    ROLE_CELL,
    ROLE_NOTE,
    ROLE_REFERENCE,
    ROLE_CONTACT,
};

static const struct {
    struct str name;
    enum role role;
} elements[] = {
    {STR_INIT("dc:title"), ROLE_TITLE},
    {STR_INIT("dc:date"), ROLE_DATE},
    {STR_INIT("dc:publisher"), ROLE_PUBLISHER},
    {STR_INIT("dc:description"), ROLE_SUMMARY},
    {STR_INIT("dc:rights"), ROLE_RIGHTS},
    {STR_INIT("FilDAriane"), ROLE_PATH},
    {STR_INIT("Niveau"), ROLE_STEP},
    {STR_INIT("Introduction"), ROLE_LEAD},
    {STR_INIT("Situation"), ROLE_SECTION},
    {STR_INIT("Chapitre"), ROLE_SECTION},
    {STR_INIT("SousChapitre"), ROLE_SECTION},
    {STR_INIT("Cas"), ROLE_SECTION},
    {STR_INIT("Tableau"), ROLE_SECTION},
    {STR_INIT("Avertissement"), ROLE_SECTION},
    {STR_INIT("ANoter"), ROLE_ASIDE},
    {STR_INIT("ASavoir"), ROLE_ASIDE},
    {STR_INIT("Attention"), ROLE_ASIDE},
    {STR_INIT("Rappel"), ROLE_ASIDE},
    {STR_INIT("Exemple"), ROLE_EXAMPLE},
    {STR_INIT("Titre"), ROLE_HEADING},
    {STR_INIT("TitreRiche"), ROLE_HEADING},
    {STR_INIT("TitreFlottant"), ROLE_FLOATING},
    {STR_INIT("Paragraphe"), ROLE_BLOCK},
    {STR_INIT("Item"), ROLE_ITEM},
    {STR_INIT("Rangée"), ROLE_ROW},
    {STR_INIT("Cellule"), ROLE_CELL},
    {STR_INIT("Abreviation"), ROLE_NOTE},
    {STR_INIT("Definition"), ROLE_NOTE},
    {STR_INIT("Reference"), ROLE_REFERENCE},
    {STR_INIT("OuSAdresser"), ROLE_CONTACT},
    {STR_INIT("QuiPeutMAider"), ROLE_CONTACT},
    /* What leads elsewhere, or is said twice. */
    {STR_INIT("SurTitre"), ROLE_SKIP},
    {STR_INIT("Audience"), ROLE_SKIP},
    {STR_INIT("Canal"), ROLE_SKIP},
    {STR_INIT("Theme"), ROLE_SKIP},
    {STR_INIT("SousThemePere"), ROLE_SKIP},
    {STR_INIT("SousDossierPere"), ROLE_SKIP},
    {STR_INIT("DossierPere"), ROLE_SKIP},
    {STR_INIT("Dossier"), ROLE_SKIP},
    {STR_INIT("SousDossier"), ROLE_SKIP},
    {STR_INIT("Fiche"), ROLE_SKIP},
    {STR_INIT("VoirAussi"), ROLE_SKIP},
    {STR_INIT("QuestionReponse"), ROLE_SKIP},
    {STR_INIT("Problematiques"), ROLE_SKIP},
    {STR_INIT("CommentFaireSi"), ROLE_SKIP},
    {STR_INIT("RechercheGuidee"), ROLE_SKIP},
    {STR_INIT("ServiceEnLigne"), ROLE_SKIP},
    {STR_INIT("ServiceEnLigneAnnexe"), ROLE_SKIP},
    {STR_INIT("PourEnSavoirPlus"), ROLE_SKIP},
    {STR_INIT("PivotLocal"), ROLE_SKIP},
    {STR_INIT("Source"), ROLE_SKIP},
    {STR_INIT("Image"), ROLE_SKIP},
    {STR_INIT("Illustration"), ROLE_SKIP},
    {STR_INIT("Video"), ROLE_SKIP},
    {STR_INIT("LienExterneCommente"), ROLE_INHERIT},
};

struct sheet {
    struct arena *arena;
    struct json json;
    struct source *source;
    struct source_writer writer;
    struct buf text;  /* of the block that is being read */
    struct buf theme; /* the path so far */
    struct buf step;  /* the last of it */
    struct str type;
    struct str summary; /* until the first block of text is written */
};

/* Where an element stands. */
struct place {
    int depth;
    unsigned level, column, item_level;
    enum role role;         /* of the nearest element that is no ROLE_INHERIT */
    enum source_kind kind;  /* of the blocks within */
    bool is_aside, is_example;
    bool is_in_block;
};

static enum role role_of(struct str name)
{
    for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++)
        if (str_eq(elements[i].name, name))
            return elements[i].role;
    return str_starts(name, STR("dc:")) ? ROLE_SKIP : ROLE_INHERIT;
}

static struct str kept(struct sheet *sheet, struct str text)
{
    return str_copy(sheet->arena, str_trim(text));
}

enum { SUMMARY_SAME = 20 };

/* The publisher's summary stands before the text, unless the introduction begins with it and so is it. */
static void add_block(struct sheet *sheet, enum source_kind kind, unsigned level, struct str text)
{
    struct str summary = sheet->summary;
    text = str_trim(text);
    if (text.len > 0 && summary.len > 0 && kind != SOURCE_NOTE) {
        bool is_said = kind == SOURCE_LEAD && str_starts(text, str_slice(summary, 0, SUMMARY_SAME));
        if (!is_said)
            source_writer_add(&sheet->writer, SOURCE_LEAD, 0, summary);
        sheet->summary = STR("");
    }
    source_writer_add(&sheet->writer, kind, level, text);
}

/* What was read between the two tags goes where the element says. */
static enum status end_element(struct sheet *sheet, enum role role, const struct place *place)
{
    struct source *source = sheet->source;
    struct str text = buf_str(&sheet->text);
    if (role == ROLE_TITLE)
        source->title = kept(sheet, text);
    else if (role == ROLE_DATE)
        source->date = kept(sheet, str_starts(text, STR("modified ")) ? str_after(text, 9) : text);
    else if (role == ROLE_PUBLISHER)
        source->publisher = kept(sheet, text);
    else if (role == ROLE_SUMMARY)
        sheet->summary = kept(sheet, text);
    else if (role == ROLE_RIGHTS)
        source->licence = kept(sheet, text);
    else if (role == ROLE_HEADING && place->is_aside)
        buf_clear(&sheet->text); /* "À noter" */
    else if (role == ROLE_HEADING && !place->is_example && place->kind != SOURCE_LEAD && place->kind < SOURCE_NOTE)
        add_block(sheet, SOURCE_HEADING, place->level, text);
    else if (role == ROLE_FLOATING)
        add_block(sheet, SOURCE_HEADING, place->level < SOURCE_LEVEL_MAX ? place->level + 1 : SOURCE_LEVEL_MAX, text);
    else if (role == ROLE_STEP) {
        if (sheet->step.len > 0)
            buf_add_format(&sheet->theme, "%s%.*s", sheet->theme.len > 0 ? " > " : "", STR_ARG(buf_str(&sheet->step)));
        buf_clear(&sheet->step);
        buf_add(&sheet->step, str_trim(text));
    } else
        add_block(sheet, place->kind, place->kind == SOURCE_CELL ? place->column : place->item_level, text);
    buf_clear(&sheet->text);
    return buf_status(&sheet->theme);
}

static bool gathers(enum role role)
{
    return (role >= ROLE_TITLE && role <= ROLE_RIGHTS) || role == ROLE_STEP || role == ROLE_HEADING ||
           role == ROLE_FLOATING ||
           role == ROLE_BLOCK || role == ROLE_NOTE || role == ROLE_REFERENCE || role == ROLE_CONTACT;
}

/* The place of what is within an element. */
static struct place within(struct place place, enum role role)
{
    static const struct {
        enum role role;
        enum source_kind kind;
    } kinds[] = {{ROLE_LEAD, SOURCE_LEAD},   {ROLE_ITEM, SOURCE_ITEM},           {ROLE_CELL, SOURCE_CELL},
                 {ROLE_NOTE, SOURCE_NOTE},   {ROLE_REFERENCE, SOURCE_REFERENCE}, {ROLE_CONTACT, SOURCE_CONTACT}};
    bool was_item = place.kind == SOURCE_ITEM;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].role == role && place.kind != SOURCE_LEAD)
            place.kind = kinds[i].kind;
    if (role == ROLE_ITEM && was_item && place.item_level < SOURCE_LEVEL_MAX)
        place.item_level++;
    if (role == ROLE_SECTION && place.level < SOURCE_LEVEL_MAX)
        place.level++;
    place.is_aside |= role == ROLE_ASIDE;
    place.is_example |= role == ROLE_EXAMPLE;
    place.is_in_block |= gathers(role);
    if (role != ROLE_INHERIT)
        place.role = role;
    return place;
}

static enum status read_node(struct sheet *sheet, struct place place);

/* "children": [...] */
static enum status read_children(struct sheet *sheet, struct place place)
{
    struct str raw;
    enum json_kind kind = json_next(&sheet->json, &raw);
    if (kind != JSON_ARRAY)
        return INVALID;
    for (kind = json_next(&sheet->json, &raw); kind == JSON_OBJECT; kind = json_next(&sheet->json, &raw)) {
        TRY(read_node(sheet, place));
        place.column++;
    }
    return kind == JSON_ARRAY_END ? OK : INVALID;
}

static enum status skip_value(struct sheet *sheet)
{
    struct str raw;
    enum json_kind kind = json_skip(&sheet->json, json_next(&sheet->json, &raw));
    return kind == JSON_WRONG || kind == JSON_END ? INVALID : OK;
}

static enum status take_text(struct sheet *sheet, const struct place *place, struct str raw)
{
    /* Text that stands in no paragraph is layout. */
    if (place->is_in_block)
        json_unescape(&sheet->text, raw);
    return buf_status(&sheet->text);
}

/* Attributes of the publication. */
static enum status read_attributes(struct sheet *sheet)
{
    struct str raw, key;
    if (json_next(&sheet->json, &raw) != JSON_OBJECT)
        return INVALID;
    enum json_kind kind = json_next(&sheet->json, &key);
    for (; kind == JSON_KEY; kind = json_next(&sheet->json, &key)) {
        enum json_kind value = json_next(&sheet->json, &raw);
        if (value == JSON_TEXT && str_eq(key, STR("ID")))
            sheet->source->id = kept(sheet, raw);
        else if (value == JSON_TEXT && str_eq(key, STR("spUrl")))
            sheet->source->url = kept(sheet, raw);
        else if (value == JSON_TEXT && str_eq(key, STR("type")))
            sheet->type = raw;
        else if (json_skip(&sheet->json, value) == JSON_WRONG)
            return INVALID;
    }
    return kind == JSON_OBJECT_END ? OK : INVALID;
}

static bool is_source(struct str type)
{
    return str_starts(type, STR("Fiche"));
}

/* One member of a node's object. */
static enum status read_member(struct sheet *sheet, struct str key, struct place place, enum role *role)
{
    struct str raw;
    if (str_eq(key, STR("name"))) {
        if (json_next(&sheet->json, &raw) != JSON_TEXT)
            return INVALID;
        *role = role_of(raw);
        return OK;
    }
    if (str_eq(key, STR("text")))
        return json_next(&sheet->json, &raw) == JSON_TEXT ? take_text(sheet, &place, raw) : INVALID;
    if (str_eq(key, STR("attributes")) && place.depth == 1)
        return read_attributes(sheet);
    if (!str_eq(key, STR("children")) || *role == ROLE_SKIP)
        return skip_value(sheet);
    if (place.depth == 1 && !is_source(sheet->type))
        return NOT_FOUND;
    return read_children(sheet, within(place, *role));
}

/* The rest of an object whose brace was read. */
static enum status read_node(struct sheet *sheet, struct place place)
{
    struct str key;
    enum role role = ROLE_INHERIT;
    if (++place.depth > SHEET_DEPTH_MAX)
        return LIMIT;
    enum json_kind kind = json_next(&sheet->json, &key);
    for (; kind == JSON_KEY; kind = json_next(&sheet->json, &key))
        TRY(read_member(sheet, key, place, &role));
    if (kind != JSON_OBJECT_END)
        return INVALID;
    struct place inner = within(place, role);
    /* A paragraph within a title, a note or a reference is part of it. */
    if (gathers(role) && !place.is_in_block)
        return end_element(sheet, role, &inner);
    if (role == ROLE_BLOCK || role == ROLE_HEADING)
        buf_add_byte(&sheet->text, ' ');
    return OK;
}

/* {"id": ..., "children": [the publication]} */
static enum status read_sheet(struct sheet *sheet)
{
    struct str key, raw;
    if (json_next(&sheet->json, &raw) != JSON_OBJECT)
        return INVALID;
    enum json_kind kind = json_next(&sheet->json, &key);
    for (; kind == JSON_KEY; kind = json_next(&sheet->json, &key)) {
        if (str_eq(key, STR("children")))
            TRY(read_children(sheet, (struct place){.kind = SOURCE_PARAGRAPH}));
        else
            TRY(skip_value(sheet));
    }
    if (kind != JSON_OBJECT_END)
        return INVALID;
    sheet->source->theme = kept(sheet, buf_str(&sheet->theme));
    if (str_is_absent(sheet->source->id) || str_is_absent(sheet->source->title))
        return INVALID;
    TRY(source_writer_end(&sheet->writer, sheet->arena, sheet->source));
    return sheet->source->text.len >= SHEET_TEXT_MIN ? OK : NOT_FOUND;
}

enum status sheet_read(struct arena *arena, struct str json, struct source *ret_source)
{
    struct source source = {.theme = STR(""), .date = STR(""), .url = STR(""), .publisher = STR(""),
                            .licence = STR("")};
    struct sheet sheet = {.arena = arena, .json = json_of(json), .source = &source, .type = STR(""), .summary = STR(""),
                          .writer = source_writer_begin(), .text = BUF_INIT(SOURCE_TEXT_MAX),
                          .theme = BUF_INIT(SHEET_TITLE_MAX), .step = BUF_INIT(SHEET_TITLE_MAX)};
    enum status done = read_sheet(&sheet);
    source_writer_finish(&sheet.writer);
    buf_finish(&sheet.text);
    buf_finish(&sheet.theme);
    buf_finish(&sheet.step);
    if (done == OK)
        *ret_source = source;
    return done;
}
