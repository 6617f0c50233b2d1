#include "service/payroll/pay/payslip_bytes.h"

enum { FORM = 1 };

static const char *const roundings[] = {[PAY_EXACT] = "exact", [PAY_TRUNCATE] = "cut", [PAY_HALF_UP] = "near"};
static const char *const bounds[] = {[PAY_WITHIN] = "within", [PAY_AT_FLOOR] = "floor", [PAY_AT_CEILING] = "ceiling"};

/* ---- written ---- */

struct rows {
    const struct law_value *at[PAYSLIP_ROWS_MAX];
    size_t count, written; /* written: of all lines but the first and the last */
};

/* In the order in which lines first take them. */
static void note_rows(struct rows *rows, const struct pay_reason *reason)
{
    for (size_t i = 0; i < reason->count; i++) {
        size_t place = 0;
        while (place < rows->count && rows->at[place]->code != reason->values[i]->code)
            place++;
        if (place == rows->count)
            rows->at[rows->count++] = reason->values[i];
    }
}

static void write_number(struct buf *out, int64_t value)
{
    buf_add_byte(out, ' ');
    buf_add_i64(out, value);
}

static void write_word(struct buf *out, const char *word)
{
    buf_add_byte(out, ' ');
    buf_add_c(out, word);
}

static void write_step(struct buf *out, int64_t cents, const struct pay_step *step)
{
    const int64_t numbers[] = {cents, step->plus, step->base, step->rate, step->scale, step->part_top,
                               step->part_bottom, step->exact};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        write_number(out, numbers[i]);
    write_word(out, law_code_name((enum law_code)step->law));
    write_word(out, roundings[step->rounding]);
    write_word(out, bounds[step->bound]);
    buf_add_byte(out, '\n');
}

static void write_lines(const struct payslip_made *made, struct buf *out, struct rows *rows)
{
    struct pay_reason reason;
    for (enum pay_line line = 0; line < PAY_LINES; line++) {
        const struct pay_step *step = &made->trace->steps[line];
        if (step->scale == 0 || (made->payslip->cents[line] == 0 && step->bound == PAY_WITHIN))
            continue;
        pay_reason_of(made->law, made->facts, line, step, &reason);
        note_rows(rows, &reason);
        rows->written++;
        buf_add_literal(out, "line");
        write_word(out, reason.rule);
        write_number(out, reason.version);
        write_step(out, made->payslip->cents[line], step);
    }
}

static void write_pieces(const struct payslip_made *made, struct buf *out, struct rows *rows)
{
    struct pay_reason reason;
    for (size_t i = 0; i < made->trace->piece_count; i++) {
        const struct pay_piece *piece = &made->trace->pieces[i];
        pay_piece_reason(made->law, made->facts, piece, &reason);
        note_rows(rows, &reason);
        buf_add_literal(out, "piece");
        write_word(out, reason.rule);
        write_number(out, piece->place);
        write_step(out, piece->cents, &piece->step);
    }
}

static void write_rows(struct buf *out, const struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct law_value *value = rows->at[i];
        buf_add_literal(out, "row");
        write_word(out, law_code_name(value->code));
        buf_add_byte(out, ' ');
        date_write(out, value->since);
        buf_add_byte(out, ' ');
        date_write(out, value->known);
        write_number(out, value->top);
        write_number(out, value->bottom);
        buf_add_byte(out, '\n');
    }
}

enum status payslip_bytes_write(const struct payslip_made *made, struct buf *out)
{
    struct rows rows = {.count = 0};
    buf_add_literal(out, "payslip");
    write_number(out, FORM);
    buf_add_byte(out, ' ');
    date_write(out, made->month);
    buf_add_byte(out, ' ');
    date_write(out, made->known);
    buf_add_byte(out, '\n');
    write_lines(made, out, &rows);
    write_pieces(made, out, &rows);
    write_rows(out, &rows);
    buf_add_literal(out, "end");
    write_number(out, (int64_t)(rows.written + made->trace->piece_count + rows.count));
    buf_add_byte(out, '\n');
    return buf_status(out);
}

/* ---- read ---- */

static enum status read_number(struct str *fields, int64_t *ret_number)
{
    return str_is_absent(*fields) ? INVALID : str_to_i64(str_cut(fields, ' '), ret_number);
}

static enum status read_date(struct str *fields, struct date *ret_date)
{
    return str_is_absent(*fields) ? INVALID : date_parse(str_cut(fields, ' '), ret_date);
}

static enum status read_word(struct str *fields, const char *const *words, size_t count, uint8_t *ret_place)
{
    struct str word = str_is_absent(*fields) ? STR("") : str_cut(fields, ' ');
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, str_of(words[i]))) {
            *ret_place = (uint8_t)i;
            return OK;
        }
    return INVALID;
}

static enum status read_code(struct str *fields, enum law_code *ret_code)
{
    return str_is_absent(*fields) ? INVALID : law_code_named(str_cut(fields, ' '), ret_code);
}

static enum status read_line_name(struct str *fields, enum pay_line *ret_line)
{
    return str_is_absent(*fields) ? INVALID : pay_line_named(str_cut(fields, ' '), ret_line);
}

static enum status read_step(struct str *fields, int64_t *ret_cents, struct pay_step *ret_step)
{
    enum law_code law;
    struct pay_step step = {0};
    int64_t *const numbers[] = {ret_cents, &step.plus, &step.base, &step.rate, &step.scale, &step.part_top,
                                &step.part_bottom, &step.exact};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        TRY(read_number(fields, numbers[i]));
    TRY(read_code(fields, &law));
    TRY(read_word(fields, roundings, sizeof roundings / sizeof *roundings, &step.rounding));
    TRY(read_word(fields, bounds, sizeof bounds / sizeof *bounds, &step.bound));
    step.law = (uint16_t)law;
    *ret_step = step;
    return step.scale > 0 && step.part_bottom > 0 && str_is_absent(*fields) ? OK : INVALID;
}

static enum status read_line(struct str fields, struct payslip_read *read)
{
    enum pay_line line;
    int64_t version;
    TRY(read_line_name(&fields, &line));
    TRY(read_number(&fields, &version));
    if (read->versions[line] != 0 || version < 1 || version > INT32_MAX)
        return INVALID;
    read->versions[line] = (int32_t)version;
    return read_step(&fields, &read->payslip.cents[line], &read->trace.steps[line]);
}

static enum status read_piece(struct str fields, struct payslip_read *read)
{
    enum pay_line line;
    int64_t place;
    if (read->trace.piece_count == PAY_PIECES_MAX)
        return INVALID;
    struct pay_piece *piece = &read->trace.pieces[read->trace.piece_count];
    TRY(read_line_name(&fields, &line));
    TRY(read_number(&fields, &place));
    if (place < 0 || place > UINT16_MAX)
        return INVALID;
    TRY(read_step(&fields, &piece->cents, &piece->step));
    piece->line = (uint8_t)line;
    piece->place = (uint16_t)place;
    read->trace.piece_count++;
    return OK;
}

static enum status read_row(struct str fields, struct payslip_read *read)
{
    if (read->row_count == PAYSLIP_ROWS_MAX)
        return INVALID;
    struct payslip_row *row = &read->rows[read->row_count];
    TRY(read_code(&fields, &row->code));
    TRY(read_date(&fields, &row->since));
    TRY(read_date(&fields, &row->known));
    TRY(read_number(&fields, &row->top));
    TRY(read_number(&fields, &row->bottom));
    read->row_count++;
    return str_is_absent(fields) && row->bottom > 0 ? OK : INVALID;
}

static enum status read_head(struct str fields, struct payslip_read *read)
{
    int64_t form;
    struct str word = str_cut(&fields, ' ');
    TRY(read_number(&fields, &form));
    TRY(read_date(&fields, &read->month));
    TRY(read_date(&fields, &read->known));
    return str_eq(word, STR("payslip")) && form == FORM && str_is_absent(fields) ? OK : INVALID;
}

static enum status read_any(struct str fields, struct payslip_read *read)
{
    struct str word = str_cut(&fields, ' ');
    if (str_eq(word, STR("line")))
        return read_line(fields, read);
    if (str_eq(word, STR("piece")))
        return read_piece(fields, read);
    return str_eq(word, STR("row")) ? read_row(fields, read) : INVALID;
}

static bool is_count(struct str text, int64_t count)
{
    int64_t told;
    return str_to_i64(text, &told) == OK && told == count;
}

enum status payslip_bytes_read(struct str bytes, struct payslip_read *ret_read)
{
    *ret_read = (struct payslip_read){0};
    if (bytes.len == 0 || bytes.len > PAYSLIP_BYTES_MAX || bytes.at[bytes.len - 1] != '\n')
        return INVALID;
    struct str rest = str_slice(bytes, 0, bytes.len - 1);
    TRY(read_head(str_cut(&rest, '\n'), ret_read));
    for (int64_t count = 0;; count++) {
        struct str line = str_is_absent(rest) ? STR("") : str_cut(&rest, '\n');
        if (str_starts(line, STR("end ")))
            return str_is_absent(rest) && is_count(str_after(line, sizeof "end " - 1), count) ? OK : INVALID;
        TRY(read_any(line, ret_read));
    }
}
