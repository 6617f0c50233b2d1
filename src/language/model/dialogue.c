#include "language/model/dialogue.h"

#include "base/utf8.h"
#include "language/model/dialogue_words.h"

/* What a turn's marks stand for: one commune, or only a name; the other one of a comparison. */
struct facts {
    struct str name;
    const struct table_commune *commune, *other;
};

static const char *article_of(int article)
{
    return article == 2 ? "le " : article == 3 ? "la " : article == 4 ? "les " : article == 5 ? "l'" : "";
}

static bool begins_with_vowel(struct str name)
{
    char folded[16] = "";
    struct buf out = {.at = folded, .room = sizeof folded, .max = sizeof folded};
    utf8_fold(&out, utf8_prefix(name, 3));
    return out.len > 0 && memchr("aeiouyh", folded[0], 7) != NULL;
}

void dialogue_add_at(struct buf *out, struct str name)
{
    bool is_le = str_starts(name, STR("Le ")), is_les = str_starts(name, STR("Les "));
    buf_add_c(out, is_les ? "aux " : is_le ? "au " : "à ");
    buf_add(out, str_after(name, is_les ? 4 : is_le ? 3 : 0));
}

void dialogue_add_of(struct buf *out, struct str name)
{
    bool is_le = str_starts(name, STR("Le ")), is_les = str_starts(name, STR("Les "));
    buf_add_c(out, is_les ? "des " : is_le ? "du " : begins_with_vowel(name) ? "d'" : "de ");
    buf_add(out, str_after(name, is_les ? 4 : is_le ? 3 : 0));
}

static void add_fact(struct buf *out, struct str mark, const struct facts *facts)
{
    const struct table_commune *commune = facts->commune, *other = facts->other;
    if (str_eq(mark, STR("n")))
        buf_add(out, facts->name);
    else if (str_eq(mark, STR("a")))
        dialogue_add_at(out, facts->name);
    else if (str_eq(mark, STR("d")))
        dialogue_add_of(out, facts->name);
    else if (commune == NULL)
        return;
    else if (str_eq(mark, STR("dep")))
        buf_add_format(out, "%s%.*s", article_of(commune->department->article), STR_ARG(commune->department->name));
    else if (str_eq(mark, STR("num")))
        buf_add(out, commune->department->code);
    else if (str_eq(mark, STR("cp")))
        buf_add(out, commune->postal_codes[0]);
    else if (str_eq(mark, STR("hab")))
        buf_add_i64(out, commune->population);
    else if (other != NULL && str_eq(mark, STR("m")))
        buf_add(out, other->name);
    else if (other != NULL && str_eq(mark, STR("ma")))
        dialogue_add_at(out, other->name);
    else if (other != NULL && str_eq(mark, STR("mhab")))
        buf_add_i64(out, other->population);
}

static void fill_in(struct buf *out, const char *wording, const struct facts *facts)
{
    struct str rest = str_of(wording);
    while (rest.len > 0) {
        size_t open = str_find_byte(rest, '{'), close = str_find_byte(rest, '}');
        if (open == SIZE_MAX || close == SIZE_MAX) {
            buf_add(out, rest);
            return;
        }
        buf_add(out, str_slice(rest, 0, open));
        add_fact(out, str_slice(rest, open + 1, close), facts);
        rest = str_after(rest, close + 1);
    }
}

static size_t count_of(const char *const *texts, size_t max)
{
    size_t count = 0;
    while (count < max && texts[count] != NULL)
        count++;
    return count;
}

static void add_turn(struct buf *out, struct seeded *seeded, enum dialogue_topic topic, const struct facts *facts)
{
    const struct dialogue_words *words = &dialogue_words[topic];
    size_t question = seeded_below(seeded, count_of(words->questions, WORDINGS_MAX));
    buf_add_literal(out, "Q : ");
    fill_in(out, words->questions[question], facts);
    buf_add_literal(out, "\nR : ");
    fill_in(out, words->answers[0], facts);
    buf_add_byte(out, '\n');
}

static const struct table_commune *commune_at(const struct world *world, size_t rank)
{
    return &world->table->communes[world->communes[rank]];
}

/* The larger one is what the answer names first. */
static void compare_two(const struct world *world, struct seeded *seeded, struct facts *facts, size_t *other)
{
    *other = world_draw(world, seeded);
    facts->other = commune_at(world, *other);
    if (facts->other->population > facts->commune->population) {
        const struct table_commune *larger = facts->other;
        facts->other = facts->commune;
        facts->commune = larger;
        facts->name = larger->name;
    }
}

static size_t talk_about(const struct world *world, struct seeded *seeded, struct buf *out, size_t *about)
{
    static const enum dialogue_topic firsts[] = {TOPIC_DEPARTMENT, TOPIC_POSTAL_CODE, TOPIC_POPULATION,
                                                 TOPIC_DEPARTMENT, TOPIC_POSTAL_CODE, TOPIC_POPULATION,
                                                 TOPIC_SHEET, TOPIC_COMPARISON};
    about[0] = world_draw(world, seeded);
    struct facts facts = {.commune = commune_at(world, about[0])};
    facts.name = facts.commune->name;
    enum dialogue_topic topic = firsts[seeded_below(seeded, sizeof firsts / sizeof *firsts)];
    if (topic == TOPIC_COMPARISON)
        compare_two(world, seeded, &facts, &about[1]);
    add_turn(out, seeded, topic, &facts);
    for (uint64_t more = seeded_below(seeded, 3); topic != TOPIC_COMPARISON && more > 0; more--)
        add_turn(out, seeded, TOPIC_DEPARTMENT_TOO + (enum dialogue_topic)seeded_below(seeded, 4), &facts);
    return topic == TOPIC_COMPARISON && about[1] != about[0] ? 2 : 1;
}

static void talk_small(struct seeded *seeded, struct buf *out)
{
    struct facts none = {.name = STR("")};
    add_turn(out, seeded, TOPIC_GREETING + (enum dialogue_topic)seeded_below(seeded, TOPICS - TOPIC_GREETING), &none);
}

bool dialogue_invent(const struct table *table, struct seeded *seeded, struct buf *out)
{
    struct str first = table->communes[seeded_below(seeded, table->count)].name;
    struct str second = table->communes[seeded_below(seeded, table->count)].name;
    size_t from = out->len;
    buf_add(out, utf8_prefix(first, (first.len + 1) / 2));
    struct str head = utf8_prefix(second, second.len / 2);
    buf_add(out, str_after(second, head.len));
    struct str name = str_after(buf_str(out), from);
    if (!out->is_over && name.len > 3 && str_find_byte(name, ' ') == SIZE_MAX && table_find(table, name) == TABLE_NONE)
        return true;
    out->len = from;
    return false;
}

/* Of a name that can be said each part between hyphens has a vowel; letters beyond ASCII are taken for one. */
static bool is_sayable(struct str part)
{
    static const char *const small[] = {"sur", "sous", "en", "le", "la", "les", "de", "du", "des", "et", "aux", "lès"};
    static const struct str vowels = STR_INIT("aeiouyAEIOUY");
    size_t run = 0, longest = 0, count = 0;
    for (size_t i = 0; i < part.len; i++) {
        bool is_vowel = !ascii_is_alpha(part.at[i]) || str_find_byte(vowels, part.at[i]) != SIZE_MAX;
        run = is_vowel ? 0 : run + 1;
        longest = run > longest ? run : longest;
        count += is_vowel;
        if (i > 0 && part.at[i] >= 'A' && part.at[i] <= 'Z' && part.at[i - 1] != '\'')
            return false;
    }
    bool is_small = false, is_capital = part.len > 1 && (part.at[0] < 'a' || part.at[0] > 'z');
    for (size_t i = 0; i < sizeof small / sizeof small[0]; i++)
        is_small |= str_eq(part, str_of(small[i]));
    return is_small || (is_capital && count > 0 && longest < 4);
}

bool dialogue_is_fair(struct str name)
{
    bool is_fair = name.len >= 5 && name.len <= 24 && (name.at[0] < 'a' || name.at[0] > 'z');
    while (is_fair && !str_is_absent(name))
        is_fair = is_sayable(str_cut(&name, '-'));
    return is_fair;
}

static void talk_unknown(const struct world *world, struct seeded *seeded, struct buf *out)
{
    char bytes[2 * TABLE_NAME_MAX];
    struct buf name = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
    while (!dialogue_invent(world->table, seeded, &name))
        continue;
    struct facts facts = {.name = buf_str(&name)};
    add_turn(out, seeded, TOPIC_UNKNOWN, &facts);
}

size_t dialogue_draw(const struct world *world, struct seeded *seeded, bool is_refusing, struct buf *out,
                     size_t ret_about[STREAM_ABOUT_MAX])
{
    uint64_t kind = seeded_below(seeded, 20);
    size_t about = 0;
    if (kind == 0)
        talk_small(seeded, out);
    else if (kind < 5 && is_refusing)
        talk_unknown(world, seeded, out);
    else
        about = talk_about(world, seeded, out, ret_about);
    buf_add_byte(out, '\n');
    return about;
}

void dialogue_all(struct buf *out)
{
    for (size_t topic = 0; topic < TOPICS; topic++) {
        for (size_t i = 0; i < WORDINGS_MAX && dialogue_words[topic].questions[i] != NULL; i++)
            buf_add_format(out, "Q : %s\n", dialogue_words[topic].questions[i]);
        buf_add_format(out, "R : %s\n", dialogue_words[topic].answers[0]);
    }
}

void dialogue_question(struct buf *out, enum dialogue_asked asked, struct str name)
{
    struct facts facts = {.name = name};
    buf_add_literal(out, "\nQ : ");
    fill_in(out, dialogue_words[asked].questions[0], &facts);
    buf_add_literal(out, "\nR :");
}

void dialogue_prompt(struct buf *out, struct str question)
{
    buf_add_literal(out, "\nQ : ");
    struct str trimmed = utf8_prefix(str_trim(question), DIALOGUE_QUESTION_MAX);
    for (size_t i = 0; i < trimmed.len; i++) {
        bool is_blank = trimmed.at[i] == '\n' || trimmed.at[i] == '\r' || trimmed.at[i] == '\t';
        buf_add_byte(out, is_blank ? ' ' : trimmed.at[i]);
    }
    buf_add_literal(out, "\nR :");
}
