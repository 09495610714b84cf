package io.headworks.core.imports.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be worked out is, as Jinja would; what cannot is listed. */
final class RendererTest {
    private final Renderer renderer =
            new Renderer(Map.of("known", "value", "list", List.of("a", "b")), new Renderer.Rewriting() {
                @Override
                public @Nullable String output(Expression expression) {
                    return null;
                }

                @Override
                public @Nullable String condition(Piece.If condition, String before, Renderer.Inside inside) {
                    return null;
                }
            });

    private String rendered(String template) {
        return renderer.render(Template.of(template).pieces());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {{ known }}; value
            {{ 'it''s' }}; it''s
            {{ "a" ~ 1 }}; a1
            {{ 1 + 2 * 3 }}; 7
            {{ 7 // 2 }} {{ 7 % 2 }}; 3 1
            {{ known | upper }}; VALUE
            {{ list | join(', ') }}; a, b
            {{ nothing | default('x') }}; x
            {{ list[0] }}{{ list[-1] }}; ab
            {{ {'k': 'v'}.k }}; v
            {{ 'a' if known == 'value' else 'b' }}; a
            {% if 'a' in list and not false %}yes{% else %}no{% endif %}; yes
            {% if 1 > 2 %}a{% elif 2 > 1 %}b{% endif %}; b
            {% for x in list %}{{ x }}{{ ',' if not loop.last }}{% endfor %}; a,b
            {% for k, v in {'x': 1}.items() %}{{ k }}={{ v }}{% endfor %}; x=1
            {% set n = [] %}{% do n.append('z') %}{{ n[0] }}; z
            {% set b %}text{% endset %}{{ b }}; text
            {% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, b=3) }}; 1213
            {% raw %}{{ x }}{% endraw %}; {{ x }}
            a {%- if true -%} b {%- endif -%} c; abc
            {{ x is defined }} {{ known is defined }}; False True
            """)
    void worksOutWhatIsKnown(String template, String text) {
        String doubled = template.replace("''", "\u0000").replace("\u0000", "\\'");
        assertThat(rendered(doubled)).isEqualTo(text.replace("''", "'"));
        assertThat(renderer.unrendered()).isEmpty();
    }

    @Test
    void listsEveryThingThatIsNotKnownWithItsLine() {
        String text = rendered(
                "a\n{{ nobody('x') }}\n{% for x in unknown %}{{ x }}{% endfor %}\n{% call c() %}x{% endcall %}");

        assertThat(text.strip()).isEqualTo("a");
        assertThat(renderer.unrendered())
                .extracting(Renderer.Unrendered::line, Renderer.Unrendered::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, "'nobody' is not known"),
                        org.assertj.core.groups.Tuple.tuple(3, "'unknown' is not known"),
                        org.assertj.core.groups.Tuple.tuple(4, "the statement is not known"));
    }

    @Test
    void aMacroThatCallsItselfEnds() {
        rendered("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}");

        assertThat(renderer.unrendered()).hasSize(1);
        assertThat(renderer.unrendered().get(0).reason()).contains("calls itself without end");
    }

    @Test
    void whatIsNeverClosedIsSaid() {
        rendered("select {{ 1 ");
        rendered("{% if true %}a");

        assertThat(renderer.unrendered())
                .extracting(Renderer.Unrendered::reason)
                .contains("the statement is not known", "endif is missing");
    }
}
