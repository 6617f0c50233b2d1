#include "service/games/test_games.h"

#include <math.h>
#include <stdio.h>

#include "language/model/survey.h"
#include "language/model/tensor.h"
#include "service/games/opened/card.h"
#include "service/games/opened/opened.h"

static struct machine *machine_of(enum machine_kind kind)
{
    struct machine *machine;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(machine_get(&ctx, kind, &machine), OK);
    return machine;
}

static struct str page(const char *path, int code)
{
    struct str body;
    int found = test_page(&test, path, NULL, &body);
    if (found != code)
        fail_msg("%s: %d", path, found);
    return body;
}

static void has(struct str body, const char *words)
{
    if (str_find(body, str_of(words)) == SIZE_MAX)
        fail_msg("not there: %s", words);
}

/* ---- cards ---- */

static void cards_are_read_by_paths(void **state)
{
    (void)state;
    struct str card = STR("{\"a\": 12, "
                          "\"b\": {\"c\": [{\"d\": \"x\"}, {\"d\": 0.5, \"e\": null}], \"a\": 3}, \"f\": [1, 2]}");
    assert_int_equal(card_number(card, "a"), 12);
    assert_int_equal(card_number(card, "b.a"), 3);
    assert_true(str_eq(card_value(card, "b.c.0.d"), STR("x")));
    assert_true(str_eq(card_value(card, "b.c.1.d"), STR("0.5")));
    assert_true(str_eq(card_value(card, "f"), STR("[1, 2]")));
    assert_int_equal(card_number(card, "f.1"), 2);
    static const char *const none[] = {"b.c.1.e", "b.c.2.d", "b.d", "a.b", "f.x", "", "b.c.0", "c"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(card_number(card, none[i]), -1);
    assert_true(str_is_absent(card_value(card, "b.c.1.e")) && str_is_absent(card_value(card, "f.2")));
    for (size_t cut = 0; cut < card.len; cut++) /* whatever is left of it */
        (void)card_value(str_slice(card, 0, cut), "b.c.1.d");
}

static void decimals_are_exact(void **state)
{
    (void)state;
    assert_int_equal(card_decimal(STR("0.9683"), 4), 9683);
    assert_int_equal(card_decimal(STR("3.834"), 3), 3834);
    assert_int_equal(card_decimal(STR("7"), 2), 700);
    assert_int_equal(card_decimal(STR("0.5"), 3), 500);
    assert_int_equal(card_decimal(STR("0.x"), 3), -1);
    assert_int_equal(card_decimal(STR(""), 3), -1);
    assert_int_equal(card_decimal(STR_NONE, 3), -1);
    struct ctx ctx = test_ctx(&test);
    assert_true(str_eq(opened_decimal(&ctx, -12.345, 2), STR("\u221212,35")) ||
                str_eq(opened_decimal(&ctx, -12.345, 2), STR("\u221212,34")));
    assert_true(str_eq(opened_decimal(&ctx, -0.0001, 2), STR("0,00")));
}

/* ---- the plan ---- */

/* What the page adds up, what the file's tensors hold, and what the card says. */
static void the_plan_counts_every_number(void **state)
{
    (void)state;
    static const char *const totals[MACHINES] = {"112\u202F640", "984\u202F192", "2\u202F410\u202F560"};
    for (enum machine_kind kind = MACHINE_NANO; kind < MACHINES; kind++) {
        struct machine *machine = machine_of(kind);
        struct gguf gguf;
        size_t sum = 0;
        char path[100];
        assert_int_equal(gguf_read(test.arena, machine->shipped.file, &gguf), OK);
        for (size_t i = 0; i < tensor_count(&machine->model.net.size); i++) {
            const struct gguf_tensor *tensor = gguf_tensor(&gguf, tensor_of(&machine->model.net.size, i).name);
            assert_non_null(tensor);
            sum += tensor->rows * tensor->columns;
        }
        assert_int_equal(gguf.tensor_count, tensor_count(&machine->model.net.size));
        assert_int_equal(sum, card_number(machine->shipped.card, "weights"));
        snprintf(path, sizeof path, "/games/machine?model=%.*s", STR_ARG(machine->shipped.name));
        struct str body = page(path, 200);
        struct str last = str_after(body, str_find(body, STR("<tr class=\"sum\">")));
        has(str_slice(last, 0, str_find(last, STR("</tr>"))), totals[kind]);
        has(body, "en annonce autant");
    }
    page("/games/machine?model=grand", 404);
}

/* ---- the numbers ---- */

/* "M12.5 3h4" in a path: the mark of one number. */
static size_t marks_in(struct str body)
{
    struct str map = str_after(body, str_find(body, STR("<svg class=\"weights\"")));
    map = str_slice(map, 0, str_find(map, STR("</svg>")));
    size_t marks = 0;
    for (size_t at = str_find(map, STR("M")); at != SIZE_MAX; at = str_find(map, STR("M"))) {
        marks++;
        map = str_after(map, at + 1);
    }
    return marks;
}

static void a_window_shows_the_models_numbers(void **state)
{
    (void)state;
    struct machine *machine = machine_of(MACHINE_PETIT);
    struct ctx ctx = test_ctx(&test);
    const struct net *net = &machine->model.net;
    struct str body = page("/games/machine/weights?model=petit&tensor=blk.1.ffn_down.weight&row=97&column=33", 200);
    const float *down = net->weight + net_layer(&net->size, 1).down;
    double squares = 0;
    size_t marked = 0;
    for (size_t i = 0; i < net->size.width * net->size.hidden; i++)
        squares += (double)(down[i] * down[i]);
    double usual = sqrt(squares / (double)(net->size.width * net->size.hidden));
    for (size_t r = 96; r < 128; r++)
        for (size_t c = 32; c < 64; c++)
            marked += fabs((double)down[r * net->size.hidden + c]) >= 0.25 * usual;
    assert_int_equal(marks_in(body), marked);
    for (size_t r = 96; r < 104; r++)
        for (size_t c = 32; c < 40; c++)
            has(body, str_format(test.arena, "<td class=\"r\">%.*s</td>",
                                 STR_ARG(opened_decimal(&ctx, (double)down[r * net->size.hidden + c], 3))).at);
    has(body, "row=65&amp;column=33"); /* up */
    assert_lacks(body, "row=129");     /* and no further down */
}

static void windows_stay_within(void **state)
{
    (void)state;
    struct str body = page("/games/machine/weights?model=nano&row=90000&column=-7", 200);
    has(body, "lignes 60 à 91 sur 91, colonnes 1 à 32 sur 64");
    has(body, "<th scope=\"row\">60 : ");
    body = page("/games/machine/weights?model=moyen&tensor=output_norm.weight&row=2", 200);
    has(body, "lignes 1 à 1 sur 1");
    assert_true(marks_in(body) > 20);
    page("/games/machine/weights?tensor=blk.9.ffn_up.weight", 404);
    page("/games/machine/weights?model=petit&row=x", 200);
}

/* ---- neurons ---- */

/* What the page shows of a text is what the model gives for it. */
static void a_neuron_is_heard_as_it_is(void **state)
{
    (void)state;
    struct machine *machine = machine_of(MACHINE_PETIT);
    struct ctx ctx = test_ctx(&test);
    uint16_t tokens[SURVEY_TOKENS];
    size_t count;
    struct str body = page("/games/machine/neuron?model=petit&layer=3&unit=20&text=Saint-Parvis+%3A", 200);
    assert_int_equal(survey_cut(&machine->model.pieces, STR("Saint-Parvis :"), tokens, &count), OK);
    speaker_restart(machine->speaker);
    assert_int_equal(speaker_hear_text(machine->speaker, STR("\n")), OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(speaker_hear(machine->speaker, tokens[i]), OK);
        struct str value = opened_decimal(&ctx, (double)speaker_neurons(machine->speaker, 2)[19], 2);
        has(body, str_format(test.arena, "<td class=\"r\">%.*s</td>", STR_ARG(value)).at);
    }
}

static void neurons_have_numbers(void **state)
{
    (void)state;
    struct str body = page("/games/machine/neuron", 200);
    has(body, "Neurone 1 sur 384, bloc 1 sur 4");
    has(body, "<mark>");
    assert_lacks(body, "Neurone précédent");
    body = page("/games/machine/neuron?model=moyen&layer=5&unit=512", 200);
    has(body, "Neurone précédent");
    assert_lacks(body, "Neurone suivant");
    has(page("/games/machine/neuron?layer=1&unit=384", 200), "layer=2&amp;unit=1");
    page("/games/machine/neuron?layer=5", 404);
    page("/games/machine/neuron?layer=0", 404);
    page("/games/machine/neuron?unit=385", 404);
}

static void texts_of_ones_own_have_a_limit(void **state)
{
    (void)state;
    char path[1000] = "/games/machine/neuron?text=";
    size_t len = strlen(path);
    memset(path + len, 'a', 400);
    path[len + 400] = '\0';
    page(path, 200);
    path[len + 400] = 'a';
    path[len + 401] = '\0';
    has(page(path, 422), "trop long");
    assert_lacks(page("/games/machine/neuron?text=%3Cu%3E", 200), "<u>");
}

/* ---- cards, data, authors ---- */

static void the_card_is_the_trainers(void **state)
{
    (void)state;
    struct str body = page("/games/machine/card?model=moyen", 200);
    has(body, "4b27c54fd275cfe429b83f2fa2a4e1745de9790c49bd94a37209fb295a611abd");
    has(body, "96,8\u00A0% [94,9\u00A0; 98,0]"); /* departments of communes never shown */
    has(body, "1814,5 secondes sur 2 fils");
    has(body, "Des 33\u202F102 communes qu’il n’a jamais lues, l’entraînement en a interrogé 2\u202F069");
    has(body, "non lue");
    has(body, "parvis model evaluate moyen.gguf --json");
    has(body, "De 3,04 au début à 0,36 à la fin");
    body = page("/games/machine/card?model=petit", 200);
    has(body, "parvis model train petit petit.gguf --type q8_0");
    has(body, "11,4\u00A0% [9,7\u00A0; 13,3]"); /* as the command prints it: 137 of 1207 */
    has(body, "0,0\u00A0% [0,0\u00A0; 2,0]");
    page("/games/machine/card?model=", 404);
}

static void the_data_card_counts_the_table(void **state)
{
    (void)state;
    struct str body = page("/games/machine/data", 200);
    has(body, "34\u202F957");
    has(body, "6cafec09b4e127d08edc47f366b28261bee70cca323fbfcb957dd169fcad9284");
    has(body, "INSEE, code officiel géographique");
    has(body, "Licence Ouverte 2.0");
}

static void authors_are_named_and_exported(void **state)
{
    (void)state;
    struct str body = page("/games/authors", 200);
    has(body, "INSEE, La Poste, Etalab");
    has(body, "AGPL-3.0-or-later");
    struct str list = page("/games/authors.json", 200);
    assert_true(str_eq(card_value(list, "0.type"), STR("dataset")));
    assert_true(str_eq(card_value(list, "2.license"), STR("AGPL-3.0-or-later")));
    assert_true(str_eq(card_value(list, "3.URL"), STR("http://beauval.localhost/games/machine/card?model=moyen")));
    assert_true(str_is_absent(card_value(list, "5.type")) && !str_is_absent(card_value(list, "4.type")));
    has(page("/games/threshold", 200), "href=\"/games/authors\"");
}

static void all_files_are_given(void **state)
{
    (void)state;
    assert_true(str_starts(page("/games/machine/moyen.gguf", 200), STR("GGUF")));
    assert_true(str_starts(page("/games/machine/petit.csv", 200), STR("code;name;")));
    has(page("/games/machine/petit.survey", 200), " hab.\\n;");
    static const char *const none[] = {"/games/machine/petit", "/games/machine/petit.txt", "/games/machine/.gguf",
                                       "/games/machine/petit.gguf.gguf"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        page(none[i], 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cards_are_read_by_paths, open_games, close_games),
        cmocka_unit_test_setup_teardown(decimals_are_exact, open_games, close_games),
        cmocka_unit_test_setup_teardown(the_plan_counts_every_number, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_window_shows_the_models_numbers, open_games, close_games),
        cmocka_unit_test_setup_teardown(windows_stay_within, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_neuron_is_heard_as_it_is, open_games, close_games),
        cmocka_unit_test_setup_teardown(neurons_have_numbers, open_games, close_games),
        cmocka_unit_test_setup_teardown(texts_of_ones_own_have_a_limit, open_games, close_games),
        cmocka_unit_test_setup_teardown(the_card_is_the_trainers, open_games, close_games),
        cmocka_unit_test_setup_teardown(the_data_card_counts_the_table, open_games, close_games),
        cmocka_unit_test_setup_teardown(authors_are_named_and_exported, open_games, close_games),
        cmocka_unit_test_setup_teardown(all_files_are_given, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
