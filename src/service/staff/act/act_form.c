#include "service/staff/act/act_form.h"

#include "base/buf.h"
#include "base/embed.h"
#include "proto/csv/csv.h"

EMBED(staff_act_forms, "src/service/staff/act/act.csv");

enum { COLUMNS = 5, TEXT_MAX = 8000 };

static const char *const kinds[CAREER_KINDS] = {
    [CAREER_ENTRY] = "entry",         [CAREER_STATUS] = "status", [CAREER_POSITION] = "position",
    [CAREER_GRADE] = "grade",         [CAREER_STEP] = "step",     [CAREER_PART_TIME] = "part_time",
    [CAREER_WEEK] = "week",           [CAREER_NBI] = "nbi",       [CAREER_POST] = "post",
    [CAREER_TRIAL] = "trial",         [CAREER_ABSENCE] = "absence"};

static enum status find(struct arena *arena, struct str kind, struct str value, struct act_form *ret_form)
{
    struct csv_reader reader = csv_open(str_span(staff_act_forms, staff_act_forms_end));
    struct csv_row *row = arena_new(arena, struct csv_row);
    enum status done;
    if (row == NULL)
        return LIMIT;
    while ((done = csv_next(&reader, arena, row)) == OK) {
        REQUIRE(row->count == COLUMNS);
        if (str_eq(row->fields[0], kind) && str_eq(row->fields[1], value)) {
            *ret_form = (struct act_form){row->fields[2], row->fields[3], row->fields[4]};
            return OK;
        }
    }
    return done;
}

enum status act_form_of(struct arena *arena, const struct career_fact *fact, struct act_form *ret_form)
{
    if (kinds[fact->kind] == NULL)
        return NOT_FOUND;
    struct str kind = str_of(kinds[fact->kind]);
    bool is_exit = fact->kind == CAREER_ENTRY && fact->corrects != 0 && fact->until.days != 0;
    struct str value = is_exit ? STR("end") : str_format(arena, "%lld", (long long)fact->number);
    enum status found = find(arena, kind, value, ret_form);
    return found == NOT_FOUND ? find(arena, kind, STR("*"), ret_form) : found;
}

enum status act_form_frame(struct arena *arena, const char *name, struct act_form *ret_form)
{
    return find(arena, STR("frame"), str_of(name), ret_form);
}

bool act_form_wants(struct arena *arena, const struct career *career, const struct career_fact *fact)
{
    struct act_form form;
    const struct career_fact *status = career_at(career, CAREER_STATUS, 0, fact->since);
    bool is_official = status != NULL && (status->number == STAFF_TRAINEE || status->number == STAFF_OFFICIAL);
    return is_official && act_form_of(arena, fact, &form) == OK;
}

bool act_form_is_end(const struct career_fact *old, const struct career_fact *fact)
{
    return !fact->is_back && old->kind == fact->kind && old->item == fact->item && old->number == fact->number &&
           str_eq(old->words, fact->words) && old->since.days == fact->since.days;
}

static const struct act_form_word *word_of(struct str name, const struct act_form_word *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(name, str_of(words[i].name)))
            return &words[i];
    return NULL;
}

enum status act_form_fill(struct arena *arena, struct str pattern, const struct act_form_word *words, size_t count,
                          struct str *ret_text)
{
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    while (pattern.len > 0) {
        size_t open = str_find_byte(pattern, '{');
        size_t close = open == SIZE_MAX ? SIZE_MAX : str_find_byte(str_after(pattern, open), '}');
        if (close == SIZE_MAX)
            break;
        const struct act_form_word *word = word_of(str_slice(pattern, open + 1, open + close), words, count);
        buf_add(&text, str_slice(pattern, 0, open));
        buf_add(&text, word != NULL ? word->text : str_slice(pattern, open, open + close + 1));
        pattern = str_after(pattern, open + close + 1);
    }
    buf_add(&text, pattern);
    TRY(buf_status(&text));
    *ret_text = str_copy(arena, buf_str(&text));
    return OK;
}
