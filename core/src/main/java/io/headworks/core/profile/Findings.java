package io.headworks.core.profile;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.TableProfile;
import java.util.List;

/**
 * A table and what is concluded about it.
 *
 * @param profile with the values of people masked
 * @param personal columns whose values are masked
 * @param keys proved on all rows
 */
public record Findings(DatasetName dataset, TableProfile profile, List<String> personal, List<CandidateKey> keys) {
    public Findings {
        personal = List.copyOf(personal);
        keys = List.copyOf(keys);
    }

    /** @param profile as it was found, with nothing masked */
    public static Findings of(DatasetName dataset, TableProfile profile, List<CandidateKey> keys) {
        List<ColumnProfile> columns = profile.columns().stream()
                .map(column -> Conclusion.isPersonal(column) ? Masking.of(column) : column)
                .toList();
        List<String> personal = profile.columns().stream()
                .filter(Conclusion::isPersonal)
                .map(ColumnProfile::name)
                .toList();
        return new Findings(dataset, new TableProfile(profile.rows(), profile.sampledRows(), columns), personal, keys);
    }
}
