package io.headworks.duckdb.inspect;

import io.headworks.api.engine.SqlInspector.Text;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the parser said of texts, as long as memory has room for it: the graph, the lineage of columns, plans and runs read
 * mostly the same ones. Those that were wanted last are kept; an editor has a text after every key.
 */
final class KeptTrees {
    private static final float LOAD_FACTOR = 0.75f;

    private final long mostCharacters;
    private SoftReference<Kept> kept = new SoftReference<>(new Kept());

    /** @param mostCharacters of all texts together; a tree takes some 150 bytes for each */
    KeptTrees(long mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    /** Has the texts parsed that are not known; each once. */
    interface Parser {
        List<ParsedSql> parse(List<Text> texts);
    }

    private static final class Kept {
        final Map<Text, ParsedSql> trees = new LinkedHashMap<>(16, LOAD_FACTOR, true);
        long characters;
    }

    /** One answer per text, in order. */
    List<ParsedSql> of(List<Text> texts, Parser parser) {
        Map<Text, ParsedSql> found = known(texts);
        List<Text> unknown = new ArrayList<>(new LinkedHashSet<>(texts));
        unknown.removeIf(found::containsKey);
        List<ParsedSql> parsed = parser.parse(unknown);
        for (int i = 0; i < unknown.size(); i++) {
            found.put(unknown.get(i), parsed.get(i));
        }
        keep(unknown, found);
        return texts.stream()
                .map(text -> Objects.requireNonNull(found.get(text)))
                .toList();
    }

    private synchronized Map<Text, ParsedSql> known(List<Text> texts) {
        Map<Text, ParsedSql> found = new LinkedHashMap<>();
        Kept all = kept.get();
        if (all != null) {
            for (Text text : texts) {
                ParsedSql tree = all.trees.get(text);
                if (tree != null) {
                    found.put(text, tree);
                }
            }
        }
        return found;
    }

    private synchronized void keep(List<Text> texts, Map<Text, ParsedSql> trees) {
        Kept all = kept.get();
        if (all == null) {
            all = new Kept();
            kept = new SoftReference<>(all);
        }
        for (Text text : texts) {
            if (all.trees.put(text, Objects.requireNonNull(trees.get(text))) == null) {
                all.characters += text.sql().length();
            }
        }
        Iterator<Text> oldest = all.trees.keySet().iterator();
        while (all.characters > mostCharacters && oldest.hasNext()) {
            all.characters -= oldest.next().sql().length();
            oldest.remove();
        }
    }

    /** How many are kept. */
    synchronized int size() {
        Kept all = kept.get();
        return all == null ? 0 : all.trees.size();
    }
}
