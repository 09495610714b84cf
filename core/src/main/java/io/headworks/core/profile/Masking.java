package io.headworks.core.profile;

import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.ColumnProfile.Bin;
import io.headworks.api.profile.ColumnProfile.Counted;
import io.headworks.api.profile.ColumnProfile.Quantile;
import io.headworks.api.profile.ColumnProfile.Span;
import io.headworks.api.profile.ColumnProfile.TopValues;
import java.util.List;

/** Values of people, of which only the form is left: {@code a**@*******.***}. */
final class Masking {
    private static final int LONGEST = 40;

    private Masking() {}

    /** The first character and whatever is no letter or digit. */
    static String mask(String value) {
        StringBuilder masked = new StringBuilder();
        value.codePoints().limit(LONGEST).forEach(point -> {
            boolean first = masked.isEmpty() && value.codePointCount(0, value.length()) > 1;
            masked.appendCodePoint(first || !Character.isLetterOrDigit(point) ? point : '*');
        });
        return masked.toString();
    }

    /** The profile without any value of its own; numbers and dates of people are left out, there is no form to show. */
    static ColumnProfile of(ColumnProfile column) {
        Span span = column.texts() == null || column.span() == null
                ? null
                : new Span(mask(column.span().min()), mask(column.span().max()));
        List<Counted> top = column.top().values().stream()
                .map(value -> new Counted(mask(value.value()), value.rows()))
                .toList();
        return new ColumnProfile(
                column.field(),
                column.rows(),
                column.nulls(),
                column.distinct(),
                span,
                null,
                column.texts(),
                new TopValues(top, column.top().isComplete(), column.top().rarest()),
                List.<Quantile>of(),
                List.<Bin>of(),
                column.shapes(),
                column.forms(),
                column.sampled());
    }
}
