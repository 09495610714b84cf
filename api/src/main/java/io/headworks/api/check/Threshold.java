package io.headworks.api.check;

import java.math.BigDecimal;

/** How many failing rows are tolerated: a count, or a share of the rows checked (0 to 1). */
public record Threshold(BigDecimal value, boolean isShare) {
    public static final Threshold NONE = new Threshold(BigDecimal.ZERO, false);

    public Threshold {
        if (value.signum() < 0 || (isShare && value.compareTo(BigDecimal.ONE) > 0)) {
            throw new IllegalArgumentException(
                    "Cannot use threshold " + value + ": a count is 0 or more, a share is 0% to 100%");
        }
    }

    public boolean isExceededBy(long failing, long rows) {
        BigDecimal failed = BigDecimal.valueOf(failing);
        return isShare ? failed.compareTo(value.multiply(BigDecimal.valueOf(rows))) > 0 : failed.compareTo(value) > 0;
    }

    @Override
    public String toString() {
        return isShare
                ? value.movePointRight(2).stripTrailingZeros().toPlainString() + "%"
                : value.stripTrailingZeros().toPlainString();
    }
}
