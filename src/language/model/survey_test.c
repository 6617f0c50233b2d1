#include "language/model/survey.h"

#include <math.h>

#include "language/model/pass.h"
#include "language/model/tensor.h"
#include "language/model/test_model.h"

static struct test_model *trained(void)
{
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    test_model_train(test_model_trainer(test, 60, 1));
    return test;
}

/* Every neuron's value for every token of a text, by the other way through a net: all tokens at once. */
static struct pass pass_of(struct test_model *test, struct str text, size_t *ret_count)
{
    struct pass pass;
    uint16_t tokens[65] = {pieces_find(&test->model.pieces, STR("\n"))};
    assert_int_equal(survey_cut(&test->model.pieces, text, tokens + 1, ret_count), OK);
    assert_int_equal(pass_create(test->arena, kernel_best(), &test->model.net.size, 1, &pass), OK);
    pass_run(&pass, &test->model.net, tokens, 64, NULL);
    return pass;
}

static void check_neuron(struct test_model *test, struct str survey, size_t layer, size_t unit)
{
    const struct net_size *size = &test->model.net.size;
    struct survey_neuron neuron;
    size_t count;
    assert_int_equal(survey_read(test->arena, survey, size, layer, unit, &neuron), OK);
    assert_true(neuron.place_count == SURVEY_PLACES && neuron.piece_count > 0);
    assert_true(neuron.least <= neuron.mean && neuron.mean <= neuron.most);
    for (size_t i = 0; i < neuron.place_count; i++) {
        const struct survey_place *place = &neuron.places[i];
        struct pass pass = pass_of(test, place->text, &count);
        const float *acted = pass.layers[layer].acted + unit;
        assert_true(place->token < count);
        assert_true(fabsf(acted[(place->token + 1) * size->hidden] - place->value) < 0.002F);
        for (size_t at = 1; i == 0 && at <= count; at++) /* nothing in this text answers more */
            assert_true(fabsf(acted[at * size->hidden]) <= fabsf(place->value) + 0.002F);
        assert_true(i == 0 || fabsf(place->value) <= fabsf(neuron.places[i - 1].value));
    }
    float most = fabsf(neuron.least) > neuron.most ? neuron.least : neuron.most;
    assert_true(fabsf(neuron.places[0].value - most) < 0.002F);
}

static void places_are_where_a_neuron_answers_most(void **state)
{
    (void)state;
    struct test_model *test = trained();
    struct buf survey BUF_SCOPE = BUF_INIT(SURVEY_MAX);
    const struct net_size *size = &test->model.net.size;
    assert_int_equal(survey_write(test->arena, &test->model, &test->stream, &survey), OK);
    for (size_t unit = 0; unit < size->hidden; unit += 7)
        check_neuron(test, buf_str(&survey), unit % size->layers, unit);
    test_model_end(test);
}

static void damaged_surveys_are_refused(void **state)
{
    (void)state;
    struct test_model *test = trained();
    struct survey_neuron neuron;
    struct net_size size = test->model.net.size;
    struct buf survey BUF_SCOPE = BUF_INIT(SURVEY_MAX);
    assert_int_equal(survey_write(test->arena, &test->model, &test->stream, &survey), OK);
    struct str whole = buf_str(&survey);
    size_t last = size.hidden - 1;
    assert_int_equal(survey_read(test->arena, whole, &size, size.layers - 1, last, &neuron), OK);
    for (size_t cut = 1; cut < 40; cut++)
        assert_int_equal(survey_read(test->arena, str_slice(whole, 0, whole.len - cut), &size, size.layers - 1, last,
                                     &neuron), CORRUPT);
    assert_int_equal(survey_read(test->arena, STR(""), &size, 0, 0, &neuron), CORRUPT);
    size.vocabulary = 2; /* pieces that the model has not */
    assert_int_equal(survey_read(test->arena, whole, &size, 0, 0, &neuron), CORRUPT);
    size.context = SURVEY_TOKENS;
    test->model.net.size.context = SURVEY_TOKENS;
    assert_int_equal(survey_write(test->arena, &test->model, &test->stream, &survey), LIMIT);
    test_model_end(test);
}

/* Each weight belongs to one tensor. */
static void tensors_cover_a_net(void **state)
{
    (void)state;
    const struct net_size size = {.vocabulary = 91, .width = 64, .layers = 3, .heads = 2, .hidden = 96, .context = 32};
    struct arena *arena ARENA_SCOPE = arena_create(16 << 20);
    struct net net;
    assert_int_equal(net_create(arena, &size, &net), OK);
    for (size_t i = 0; i < tensor_count(&size); i++) {
        struct tensor tensor = tensor_of(&size, i);
        assert_true(tensor.from + tensor.rows * tensor.columns <= net.count);
        for (size_t k = 0; k < tensor.rows * tensor.columns; k++)
            net.weight[tensor.from + k] += 1;
    }
    double sum = 0;
    for (size_t i = 0; i < net.count; i++) {
        assert_true(net.weight[i] <= 1);
        sum += (double)net.weight[i];
    }
    assert_true(sum == (double)net.count);
}

static void figures_are_of_a_window(void **state)
{
    (void)state;
    float weight[12] = {9, 9, 9, 9, 9, 3, -4, 9, 9, 0, 1, 9};
    const struct net net = {.weight = weight};
    const struct tensor tensor = {.rows = 3, .columns = 4};
    struct tensor_figures figures = tensor_figures(&net, &tensor, 1, 1, 2, 2);
    assert_true(tensor_at(&net, &tensor, 2, 2) == 1);
    assert_true(figures.least == -4 && figures.most == 3 && figures.mean == 0);
    assert_true(fabs(figures.usual * figures.usual - 26.0 / 4) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_where_a_neuron_answers_most),
        cmocka_unit_test(damaged_surveys_are_refused),
        cmocka_unit_test(tensors_cover_a_net),
        cmocka_unit_test(figures_are_of_a_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
