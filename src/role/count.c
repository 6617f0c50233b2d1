#include "role/count.h"

static int64_t counts[COUNT_KINDS];

void count_add(enum count count)
{
    counts[count]++;
}

void count_commit(int64_t us)
{
    static const struct {
        enum count count;
        int64_t us;
    } within[] = {{COUNT_COMMIT_2MS, 2000},
                  {COUNT_COMMIT_10MS, 10000},
                  {COUNT_COMMIT_50MS, 50000},
                  {COUNT_COMMIT_250MS, 250000}};
    counts[COUNT_COMMITS]++;
    counts[COUNT_COMMIT_US] += us;
    for (size_t i = 0; i < sizeof within / sizeof within[0]; i++)
        counts[within[i].count] += us <= within[i].us;
}

void count_write(struct buf *out)
{
    for (int i = 0; i < COUNT_KINDS; i++)
        buf_add_format(out, i > 0 ? " %lld" : "%lld", (long long)counts[i]);
}

void count_read(struct str text, int64_t ret_counts[COUNT_KINDS])
{
    for (int i = 0; i < COUNT_KINDS; i++) {
        ret_counts[i] = 0;
        if (text.len > 0 && str_to_i64(str_cut(&text, ' '), &ret_counts[i]) != OK)
            ret_counts[i] = 0;
    }
}
