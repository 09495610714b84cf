package io.headworks.duckdb.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.engine.SqlInspector.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptTreesTest {
    private final List<String> parsed = new ArrayList<>();

    private List<ParsedSql> parse(List<Text> texts) {
        texts.forEach(text -> parsed.add(text.sql()));
        return texts.stream()
                .map(text -> new ParsedSql(new Node(Map.of("text", text.sql())), null, -1))
                .toList();
    }

    private static List<Text> texts(String... sql) {
        return List.of(sql).stream()
                .map(each -> new Text(each, Text.Kind.SELECT))
                .toList();
    }

    private static List<String> read(List<ParsedSql> trees) {
        return trees.stream()
                .map(tree -> tree.statement() == null ? "" : tree.statement().text("text"))
                .toList();
    }

    @Test
    void aTextIsParsedOnceAndAnsweredInItsPlace() {
        KeptTrees kept = new KeptTrees(100);
        assertThat(read(kept.of(texts("a", "b", "a"), this::parse))).containsExactly("a", "b", "a");
        assertThat(read(kept.of(texts("c", "b"), this::parse))).containsExactly("c", "b");
        assertThat(parsed).containsExactly("a", "b", "c");
    }

    @Test
    void theSameTextOfAnotherKindIsAnother() {
        KeptTrees kept = new KeptTrees(100);
        kept.of(texts("a"), this::parse);
        kept.of(List.of(new Text("a", Text.Kind.EXPRESSION)), this::parse);
        assertThat(parsed).containsExactly("a", "a");
    }

    @Test
    void whatWasWantedLastIsKept() {
        KeptTrees kept = new KeptTrees(3);
        kept.of(texts("a", "b", "c"), this::parse);
        kept.of(texts("a"), this::parse);
        kept.of(texts("d"), this::parse);
        assertThat(kept.size()).isEqualTo(3);
        parsed.clear();
        assertThat(read(kept.of(texts("a", "b", "c", "d"), this::parse))).containsExactly("a", "b", "c", "d");
        assertThat(parsed).containsExactly("b");
    }

    @Test
    void whatIsLongerThanAllRoomIsAnsweredAndNotKept() {
        KeptTrees kept = new KeptTrees(3);
        assertThat(read(kept.of(texts("abcd"), this::parse))).containsExactly("abcd");
        assertThat(kept.size()).isZero();
    }
}
