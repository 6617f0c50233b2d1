/* The charts that come with the program, as data/ has them. */
#include "service/accounting/chart/chart.h"

#include "base/embed.h"

#define INCLUDE(nomenclature, name, year)                                                                              \
    EMBED(chart_##name##_##year, "src/service/accounting/chart/data/" #name "_" #year ".csv");

#define CHARTS(DO)                                        \
    DO("M14-M14_CCAS_SUP3500", m14_ccas_sup3500, 2023)    \
    DO("M14-M14_CE", m14_ce, 2023)                        \
    DO("M14-M14_COM_500_3500", m14_com_500_3500, 2021)    \
    DO("M14-M14_COM_500_3500", m14_com_500_3500, 2022)    \
    DO("M14-M14_COM_INF500", m14_com_inf500, 2023)        \
    DO("M14-M14_COM_SUP3500", m14_com_sup3500, 2023)      \
    DO("M4-M41", m41, 2022)                               \
    DO("M4-M41", m41, 2023)                               \
    DO("M4-M41", m41, 2024)                               \
    DO("M4-M43", m43, 2022)                               \
    DO("M4-M43", m43, 2023)                               \
    DO("M4-M43", m43, 2024)                               \
    DO("M4-M43_D", m43_d, 2020)                           \
    DO("M4-M49_A", m49_a, 2022)                           \
    DO("M4-M49_A", m49_a, 2023)                           \
    DO("M4-M49_A", m49_a, 2024)                           \
    DO("M4-M49_D", m49_d, 2022)                           \
    DO("M4-M49_D", m49_d, 2023)                           \
    DO("M4-M49_D", m49_d, 2024)                           \
    DO("M4-M4", m4, 2022)                                 \
    DO("M4-M4", m4, 2023)                                 \
    DO("M4-M4", m4, 2024)                                 \
    DO("M57-M57", m57, 2019)                              \
    DO("M57-M57", m57, 2020)                              \
    DO("M57-M57", m57, 2021)                              \
    DO("M57-M57_A", m57_a, 2022)                          \
    DO("M57-M57_A", m57_a, 2023)                          \
    DO("M57-M57_A", m57_a, 2024)                          \
    DO("M57-M57_D", m57_d, 2022)                          \
    DO("M57-M57_D", m57_d, 2023)                          \
    DO("M57-M57_D", m57_d, 2024)                          \
    DO("M57-M57_P", m57_p, 2024)

CHARTS(INCLUDE)

#define ROW(nomenclature, name, year)                                                              \
    {STR_INIT(nomenclature), year, chart_##name##_##year, chart_##name##_##year##_end},

static const struct {
    struct str nomenclature;
    int32_t year;
    const char *csv, *csv_end;
} charts[] = {CHARTS(ROW)};

enum status chart_shipped_at(size_t place, struct str *ret_nomenclature, int32_t *ret_year)
{
    if (place >= sizeof charts / sizeof *charts)
        return NOT_FOUND;
    *ret_nomenclature = charts[place].nomenclature;
    *ret_year = charts[place].year;
    return OK;
}

enum status chart_shipped(struct arena *arena, struct str nomenclature, int32_t year, struct chart *ret_chart)
{
    for (size_t i = 0; i < sizeof charts / sizeof *charts; i++)
        if (charts[i].year == year && str_eq(charts[i].nomenclature, nomenclature)) {
            enum status done = chart_read(arena, str_span(charts[i].csv, charts[i].csv_end), ret_chart);
            return done == INVALID ? CORRUPT : done;
        }
    return NOT_FOUND;
}
