package io.headworks.core.profile;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.TableProfile;
import java.util.List;
import java.util.function.Predicate;

/**
 * A table and what is concluded about it.
 *
 * @param profile with the values of people masked
 * @param personal columns whose values are masked
 * @param keys proved on all rows
 * @param references proved on all rows
 */
public record Findings(
        DatasetName dataset,
        TableProfile profile,
        List<String> personal,
        List<CandidateKey> keys,
        List<ForeignKey> references) {
    public Findings {
        personal = List.copyOf(personal);
        keys = List.copyOf(keys);
        references = List.copyOf(references);
    }

    /**
     * Masks what is about persons.
     *
     * @param profile as it was found, with nothing masked
     * @param personal as {@link #personal(TableProfile, Predicate)} found them
     */
    public static Findings of(
            DatasetName dataset,
            TableProfile profile,
            List<String> personal,
            List<CandidateKey> keys,
            List<ForeignKey> references) {
        List<ColumnProfile> columns = profile.columns().stream()
                .map(column -> personal.contains(column.name()) ? Masking.of(column) : column)
                .toList();
        TableProfile masked = new TableProfile(profile.rows(), profile.sampledRows(), columns);
        return new Findings(dataset, masked, personal, keys, references);
    }

    /** Columns that point at persons, by their look or name, or because somebody says so. */
    public static List<String> personal(TableProfile profile, Predicate<String> declared) {
        return profile.columns().stream()
                .filter(column -> declared.test(column.name()) || Conclusion.isPersonal(column))
                .map(ColumnProfile::name)
                .toList();
    }
}
