package io.headworks.api.profile;

import java.util.List;

/**
 * How closely to look.
 *
 * @param sampleRows so many rows, chosen by chance, are looked at for quantiles, histograms, shapes and forms; a table with
 *     no more rows is looked at whole
 * @param topValues how many frequent values of each column, and as many shapes
 * @param bins of each histogram
 * @param forms which forms of text to look for
 */
public record ProfileRequest(int sampleRows, int topValues, int bins, List<Form> forms) {
    public ProfileRequest {
        forms = List.copyOf(forms);
        if (sampleRows < 1 || topValues < 1 || bins < 1) {
            throw new IllegalArgumentException("Cannot profile with " + sampleRows + " sample rows, " + topValues
                    + " values and " + bins + " bins: each must be 1 or more");
        }
    }
}
