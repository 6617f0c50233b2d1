#include "service/accounting/pes/pes_writer.h"

#include "base/utf8.h"
#include "service/accounting/pes/pes_letters.h"

enum { VALUE_MAX = 32, PLACE_MAX = 1024, TEXT_MAX = 4096 };

static void open_element(struct pes_writer *writer, const char *name, size_t number)
{
    REQUIRE(writer->depth < PES_WRITER_DEPTH);
    writer->open[writer->depth].name = name;
    writer->open[writer->depth++].number = number;
    buf_add_byte(writer->out, '<');
    buf_add_c(writer->out, name);
}

void pes_begin(struct pes_writer *writer, const char *name, size_t number)
{
    open_element(writer, name, number);
    buf_add_byte(writer->out, '>');
}

void pes_begin_named(struct pes_writer *writer, const char *name, size_t number, struct str id)
{
    open_element(writer, name, number);
    buf_add_literal(writer->out, " Id=\"");
    if (!pes_letters(writer->out, id))
        pes_writer_fault(writer, "pes.letter", "Id", id, STR(""));
    buf_add_literal(writer->out, "\">");
}

void pes_end(struct pes_writer *writer)
{
    REQUIRE(writer->depth > 0);
    buf_add_literal(writer->out, "</");
    buf_add_c(writer->out, writer->open[--writer->depth].name);
    buf_add_byte(writer->out, '>');
}

void pes_writer_fault(struct pes_writer *writer, const char *rule, const char *name, struct str value,
                      struct str wanted)
{
    struct buf place BUF_SCOPE = BUF_INIT(PLACE_MAX);
    buf_add_literal(&place, "/PES_Aller");
    for (size_t i = 0; i < writer->depth; i++) {
        buf_add_format(&place, "/%s", writer->open[i].name);
        if (writer->open[i].number > 0)
            buf_add_format(&place, "[%zu]", writer->open[i].number);
    }
    buf_add_format(&place, "/%s", name);
    fault_add(writer->faults, rule, buf_str(&place), value, wanted);
}

void pes_put(struct pes_writer *writer, const char *name, struct str value)
{
    if (value.len == 0)
        return;
    buf_add_byte(writer->out, '<');
    buf_add_c(writer->out, name);
    buf_add_literal(writer->out, " V=\"");
    if (!pes_letters(writer->out, utf8_prefix(value, TEXT_MAX)))
        pes_writer_fault(writer, "pes.letter", name, value, STR(""));
    buf_add_literal(writer->out, "\"/>");
}

void pes_put_number(struct pes_writer *writer, const char *name, uint64_t value)
{
    struct buf figures BUF_SCOPE = BUF_INIT(VALUE_MAX);
    if (value > 0)
        buf_add_u64(&figures, value);
    pes_put(writer, name, buf_str(&figures));
}

void pes_put_day(struct pes_writer *writer, const char *name, struct date day)
{
    struct buf figures BUF_SCOPE = BUF_INIT(VALUE_MAX);
    if (day.days != 0)
        date_write(&figures, day);
    pes_put(writer, name, buf_str(&figures));
}

void pes_put_money(struct pes_writer *writer, const char *name, struct money money)
{
    struct buf figures BUF_SCOPE = BUF_INIT(VALUE_MAX);
    money_write(&figures, money);
    pes_put(writer, name, buf_str(&figures));
}

void pes_put_some(struct pes_writer *writer, const char *name, struct money money)
{
    if (money.cents != 0)
        pes_put_money(writer, name, money);
}

void pes_put_flag(struct pes_writer *writer, const char *name, bool flag)
{
    pes_put(writer, name, flag ? STR("1") : STR("0"));
}
