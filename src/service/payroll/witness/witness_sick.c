#include <string.h>

#include "core/sick_leave.h"
#include "service/payroll/witness/witness_case.h"

enum { MONTH_BYTES = 7 /* 2026-03 */ };

struct sums {
    int of[SICK_DAY_KINDS];
};

struct looking {
    bool is_json;
    struct buf *out;
    size_t lines, wrong;
};

static enum status read_stops(struct arena *arena, const json_t *list, struct sick_stop **ret_stops, size_t *ret_count)
{
    size_t count = json_array_size(list);
    struct sick_stop *stops = arena_array(arena, struct sick_stop, count + 1);
    if (stops == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(list, i);
        TRY(date_parse(witness_text(json_object_get(one, "du")), &stops[i].from));
        TRY(date_parse(witness_text(json_object_get(one, "au")), &stops[i].to));
        stops[i].goes_on = json_is_true(json_object_get(one, "prolongation"));
        stops[i].is_exempt = witness_text(json_object_get(one, "exempte")).len > 0;
    }
    *ret_stops = stops;
    *ret_count = count;
    return OK;
}

/* Of a month; of all days where it is "". */
static struct sums sums_of(const struct sick_count *count, struct str month)
{
    struct sums sums = {0};
    for (size_t i = 0; i < count->count; i++) {
        struct buf day BUF_SCOPE = BUF_INIT(16);
        date_write(&day, (struct date){count->first.days + (int32_t)i});
        if (month.len == 0 || str_eq(str_slice(buf_str(&day), 0, MONTH_BYTES), month))
            sums.of[count->days[i]]++;
    }
    return sums;
}

static void look_at(struct looking *looking, const struct sick_count *count, const char *month, const json_t *expected)
{
    struct sums sums = sums_of(count, str_of(month));
    for (int kind = SICK_WAIT; kind < SICK_DAY_KINDS; kind++) {
        const char *name = sick_day_name((enum sick_day)kind);
        long long wanted = (long long)json_integer_value(json_object_get(expected, name));
        if (wanted == 0 && sums.of[kind] == 0)
            continue;
        const char *label = month[0] != '\0' ? month : "total";
        buf_add_format(looking->out,
                       looking->is_json ? "%s{\"line\":\"%s.%s\",\"expected\":%lld,\"computed\":%d,\"difference\":%lld}"
                                        : "%s  %s.%s expected %lld computed %d difference %lld\n",
                       looking->is_json && looking->lines > 0 ? "," : "", label, name, wanted, sums.of[kind],
                       sums.of[kind] - wanted);
        looking->lines++;
        looking->wrong += wanted != sums.of[kind];
    }
}

static enum status look_at_case(struct arena *arena, const json_t *one, struct looking *looking, struct str *ret_what)
{
    struct sick_stop *stops;
    struct sick_count counted;
    struct sick_fault fault = {.what = "arrets"};
    size_t count;
    const char *month;
    json_t *expected, *months = json_object_get(one, "attendu_jours_par_mois");
    enum status done = read_stops(arena, json_object_get(one, "arrets"), &stops, &count);
    if (done == OK)
        done = sick_leave_count(arena, stops, count, &counted, &fault);
    if (done == INVALID)
        *ret_what = str_of(fault.what);
    TRY(done);
    json_object_foreach(months, month, expected)
        look_at(looking, &counted, month, expected);
    look_at(looking, &counted, "", json_object_get(one, "attendu_total"));
    return buf_status(looking->out);
}

static enum status print_case(struct arena *arena, const json_t *one, bool is_json, struct buf *out,
                              struct witness_tally *tally)
{
    struct looking looking = {.is_json = is_json, .out = out};
    struct str id = witness_text(json_object_get(one, "id")), what = STR_NONE;
    if (is_json)
        buf_add_format(out, "%s{\"id\":\"%.*s\",\"lines\":[", tally->cases > 0 ? "," : "", STR_ARG(id));
    else
        buf_add_format(out, "%.*s\n", STR_ARG(id));
    enum status done = look_at_case(arena, one, &looking, &what);
    if (done != OK && done != INVALID)
        return done;
    bool is_right = done == OK && looking.lines > 0 && looking.wrong == 0;
    tally->cases++;
    tally->right += is_right;
    tally->wrong += !is_right;
    if (is_json)
        buf_add_format(out, "],\"right\":%s}", is_right ? "true" : "false");
    else if (done == INVALID)
        buf_add_format(out, "  %.*s: not read\n", STR_ARG(what));
    return buf_status(out);
}

enum status witness_sick_leave(struct arena *arena, struct str json, bool is_json, struct buf *out,
                               struct witness_tally *ret_tally, struct str *ret_what)
{
    json_error_t error;
    json_t *root = json_loadb(json.at, json.len, JSON_REJECT_DUPLICATES, &error);
    const json_t *cases = json_object_get(root, "cas");
    enum status done = json_array_size(cases) <= WITNESS_CASES_MAX ? OK : LIMIT;
    *ret_tally = (struct witness_tally){0};
    *ret_what = root == NULL ? str_format(arena, "%d: %s", error.line, error.text) : STR("cas");
    if (!json_is_array(cases))
        done = INVALID;
    buf_add(out, str_of(is_json ? "{\"cases\":[" : ""));
    for (size_t i = 0; done == OK && i < json_array_size(cases); i++)
        done = print_case(arena, json_array_get(cases, i), is_json, out, ret_tally);
    json_decref(root);
    TRY(done);
    buf_add_format(out,
                   is_json ? "],\"total\":%zu,\"right\":%zu,\"wrong\":%zu}\n" : "%zu cases, %zu right, %zu wrong\n",
                   ret_tally->cases, ret_tally->right, ret_tally->wrong);
    return buf_status(out);
}
