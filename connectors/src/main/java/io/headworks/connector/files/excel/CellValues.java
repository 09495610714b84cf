package io.headworks.connector.files.excel;

import io.headworks.connector.files.json.JsonRecord;
import io.headworks.connector.files.json.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Set;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;

/**
 * What cells hold. Numbers have the 15 digits that Excel computes and shows; the sixteenth and seventeenth, which it
 * stores, are what binary makes of them. A number is a date or time where its cell is formatted as one.
 */
final class CellValues {
    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);
    /** Day 60 of Excel's first calendar is 29 February 1900, which never was: what is before is counted otherwise. */
    private static final BigDecimal FIRST_SURE_DAY = new BigDecimal(61);

    private static final LocalDate DAY_0_OF_1900 = LocalDate.of(1899, 12, 30);
    private static final LocalDate DAY_0_OF_1904 = LocalDate.of(1904, 1, 1);
    private static final BigDecimal LAST_DAY = new BigDecimal(2_958_465);
    private static final BigDecimal MILLIS_OF_DAY = new BigDecimal(86_400_000);

    /** What a formula that failed holds; the reader does not tell it from a text. */
    private static final Set<String> ERRORS = Set.of(
            "#DIV/0!",
            "#N/A",
            "#NAME?",
            "#NULL!",
            "#NUM!",
            "#REF!",
            "#VALUE!",
            "#SPILL!",
            "#CALC!",
            "#FIELD!",
            "#BLOCKED!",
            "#CONNECT!",
            "#UNKNOWN!",
            "#GETTING_DATA");

    private final boolean from1904;

    CellValues(boolean from1904) {
        this.from1904 = from1904;
    }

    void add(String name, Cell cell, JsonRecord.Builder record) {
        Object value = cell.getValue();
        String raw = cell.getRawValue();
        if (cell.getType() == CellType.ERROR || (raw != null && cell.getFormula() != null && ERRORS.contains(raw))) {
            record.fault("cell " + cell.getAddress() + " holds the error " + raw);
        } else if (raw == null || raw.isEmpty()) {
            record.fault("cell " + cell.getAddress() + " has a formula that was never computed");
        } else if (value instanceof BigDecimal number) {
            number(name, cell, number, record);
        } else if (value instanceof Boolean flag) {
            record.add(name, flag ? JsonValue.TRUE : JsonValue.FALSE);
        } else {
            record.add(name, JsonValue.text(String.valueOf(value)));
        }
    }

    private void number(String name, Cell cell, BigDecimal stored, JsonRecord.Builder record) {
        BigDecimal number = stored.precision() > DIGITS.getPrecision()
                ? stored.round(DIGITS).stripTrailingZeros()
                : stored;
        CellFormat format = CellFormat.of(cell.getDataFormatId(), cell.getDataFormatString());
        if (format == CellFormat.NUMBER) {
            record.add(name, JsonValue.number(number.toPlainString()));
            return;
        }
        boolean timeOnly = format == CellFormat.TIME && number.compareTo(BigDecimal.ONE) < 0;
        BigDecimal first = from1904 || timeOnly ? BigDecimal.ZERO : FIRST_SURE_DAY;
        if (number.compareTo(first) < 0 || number.compareTo(LAST_DAY) > 0) {
            record.fault("cell " + cell.getAddress() + " is formatted as a date, and " + number
                    + " is no day that Excel counts for sure (1900-03-01 to 9999-12-31)");
            return;
        }
        record.add(name, JsonValue.temporal(moment(number, format, timeOnly)));
    }

    /** To the millisecond: a double holds no more of a day in our century. */
    private String moment(BigDecimal number, CellFormat format, boolean timeOnly) {
        BigDecimal whole = number.setScale(0, RoundingMode.FLOOR);
        long millis = number.subtract(whole)
                .multiply(MILLIS_OF_DAY)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
        LocalDate day = (from1904 ? DAY_0_OF_1904 : DAY_0_OF_1900).plusDays(whole.longValueExact());
        LocalDateTime at = day.atStartOfDay().plusNanos(millis * 1_000_000);
        if (timeOnly) {
            return withSeconds(at.toLocalTime());
        }
        boolean dateOnly = format == CellFormat.DATE && at.toLocalTime().equals(LocalTime.MIDNIGHT);
        return dateOnly ? at.toLocalDate().toString() : at.toLocalDate() + "T" + withSeconds(at.toLocalTime());
    }

    private static String withSeconds(LocalTime time) {
        String text = time.toString();
        return text.length() == 5 ? text + ":00" : text;
    }
}
