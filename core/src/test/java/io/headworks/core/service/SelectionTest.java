package io.headworks.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.loading.TestProjects;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
    @TempDir
    Path folder;

    private Project project;

    /** raw_orders and raw_items feed fct_orders, which feeds mrt_sales; dim_day stands alone. */
    @BeforeEach
    void write() {
        project = TestProjects.chain(folder);
    }

    private List<String> select(String... terms) {
        return terms.length == 0
                ? names(new Selection(project).all())
                : names(new Selection(project).choose(List.of(terms), List.of()));
    }

    private static List<String> names(List<PipelineSpec> pipelines) {
        return pipelines.stream().map(PipelineSpec::name).toList();
    }

    @Test
    void takesEverythingInOrderWithoutTerms() {
        assertThat(select()).containsExactly("dim_day", "raw_items", "raw_orders", "fct_orders", "mrt_sales");
    }

    @Test
    void takesNamesAndGlobs() {
        assertThat(select("mrt_sales", "dim_day")).containsExactly("dim_day", "mrt_sales");
        assertThat(select("raw_*")).containsExactly("raw_items", "raw_orders");
    }

    @Test
    void takesTagsAndPaths() {
        assertThat(select("tag:mart")).containsExactly("fct_orders", "mrt_sales");
        assertThat(select("path:raw")).containsExactly("raw_items", "raw_orders");
        assertThat(select("path:marts/sales.yml")).containsExactly("mrt_sales");
    }

    @Test
    void followsTheGraphUpAndDown() {
        assertThat(select("+fct_orders")).containsExactly("raw_items", "raw_orders", "fct_orders");
        assertThat(select("raw_items+")).containsExactly("raw_items", "fct_orders", "mrt_sales");
        assertThat(select("+fct_orders+")).containsExactly("raw_items", "raw_orders", "fct_orders", "mrt_sales");
    }

    @Test
    void takesWhatChanged() {
        assertThat(changed("marts/sales.yml", "README.md")).containsExactly("mrt_sales");
        assertThat(changed()).isEmpty();
        assertThat(changed("headworks.yml")).hasSize(5);
    }

    private List<String> changed(String... files) {
        Selection selection = new Selection(project, revision -> Set.of(files));
        return names(selection.choose(List.of("changed:main"), List.of()));
    }

    @Test
    void refusesToLeaveNothing() {
        assertThatThrownBy(() -> new Selection(project).choose(List.of("dim_day"), List.of("dim_day")))
                .isInstanceOf(HeadworksException.class)
                .hasMessage("Cannot select dim_day: --exclude leaves nothing of it");
    }

    @Test
    void leavesOut() {
        assertThat(names(new Selection(project).choose(List.of("*"), List.of("fct_orders+"))))
                .containsExactly("dim_day", "raw_items", "raw_orders");
    }

    @Test
    void refusesATermThatChoosesNothing() {
        assertThatThrownBy(() -> select("fct_order"))
                .isInstanceOf(HeadworksException.class)
                .hasMessage(
                        "Cannot select 'fct_order': no pipeline is chosen by it (allowed: a pipeline, shop.*, tag:x, path:folder, changed:REV, +x, x+)")
                .extracting(failure -> ((HeadworksException) failure).hint())
                .isEqualTo("did you mean fct_orders?");
    }
}
