#include "htmlgen_place.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static bool is_word(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '_' || c == ':';
}

static void grow_word(struct html_place *place, const char *at)
{
    if (place->word.len > 0 && place->word.at + place->word.len == at)
        place->word.len++;
    else
        place->word = (struct str){at, 1};
}

static void step_text(struct html_place *place, const char *at)
{
    if (*at != '<')
        return;
    place->where = PLACE_TAG;
    place->tag = place->word = STR_NONE;
}

static void leave_tag(struct html_place *place)
{
    bool is_raw = str_eq(place->tag, STR("style")) || str_eq(place->tag, STR("script"));
    place->where = is_raw ? PLACE_RAW : PLACE_TEXT;
}

static void step_tag(struct html_place *place, const char *at)
{
    if (*at == '>') {
        leave_tag(place);
    } else if (*at == '"') {
        place->where = PLACE_ATTRIBUTE;
        place->attribute = place->word;
        place->value_length = 0;
    } else if (*at == '\'') {
        place->problem = "an attribute stands between double quotes";
    } else if (is_word(*at)) {
        grow_word(place, at);
        if (str_is_absent(place->tag) || place->tag.at == place->word.at)
            place->tag = place->word;
    } else if (*at == '!' && str_is_absent(place->tag) && at[1] == '-') {
        place->where = PLACE_RAW;
        place->tag = STR("!--");
    } else if (!is_space(*at) && *at != '=' && *at != '/' && *at != '!') {
        place->problem = "this does not belong in a tag";
    } else if (*at == '/' && str_is_absent(place->tag)) {
        place->tag = STR("/");
    }
}

static void step_raw(struct html_place *place, const char *at)
{
    bool is_comment = str_eq(place->tag, STR("!--"));
    if (is_comment && *at == '>' && at[-1] == '-' && at[-2] == '-')
        place->where = PLACE_TEXT;
    if (!is_comment && *at == '<' && at[1] == '/')
        place->where = PLACE_TAG, place->tag = place->word = STR_NONE;
}

void html_place_step(struct html_place *place, const char *at)
{
    switch (place->where) {
    case PLACE_TEXT:
        step_text(place, at);
        return;
    case PLACE_TAG:
        step_tag(place, at);
        return;
    case PLACE_ATTRIBUTE:
        if (*at == '"')
            place->where = PLACE_TAG;
        else
            place->value_length++;
        return;
    case PLACE_RAW:
        step_raw(place, at);
        return;
    }
}

bool html_place_is_url(const struct html_place *place)
{
    static const char *const names[] = {"href", "action", "formaction", "src"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq(place->attribute, str_of(names[i])))
            return true;
    return false;
}

bool html_place_same(const struct html_place *a, const struct html_place *b)
{
    return a->where == b->where && (a->where != PLACE_ATTRIBUTE || str_eq(a->attribute, b->attribute));
}
