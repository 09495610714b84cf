package io.headworks.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A small dbt project that has a bit of everything. */
final class Bakery {
    private static final Map<String, String> FILES = files();

    private Bakery() {}

    static Path in(Path folder) throws IOException {
        for (Map.Entry<String, String> each : FILES.entrySet()) {
            write(folder, each.getKey(), each.getValue());
        }
        return folder;
    }

    static void write(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("dbt_project.yml", """
                name: bakery
                profile: bakery
                vars:
                  min_amount: 1
                  kinds: [bread, cake]
                models:
                  bakery:
                    staging: {+materialized: view, +tags: [staging]}
                    marts: {+materialized: table}
                """);
        files.put("seeds/raw_orders.csv", """
                order_id,customer_id,kind,amount_cents,ordered_at
                1,10,bread,350,2026-01-05 08:00:00
                2,11,cake,2400,2026-01-05 09:00:00
                3,10,cake,1200,2026-01-06 10:00:00
                """);
        files.put("seeds/raw_customers.csv", "customer_id,name\n10,Ada\n11,Grace\n");
        files.put("macros/euros.sql", """
                {% macro euros(column_name, scale=2) -%}
                    ({{ column_name }} / 100)::numeric(16, {{ scale }})
                {%- endmacro %}
                """);
        files.put("models/staging/stg_orders.sql", """
                {# one row per order #}
                with source as (select * from {{ ref('raw_orders') }})
                select order_id, customer_id, kind, {{ euros('amount_cents') }} as amount, ordered_at
                from source
                """);
        files.put("models/staging/schema.yml", """
                version: 2
                models:
                  - name: stg_orders
                    description: Orders, cleaned.
                    columns:
                      - name: order_id
                        tests: [not_null, unique]
                      - name: kind
                        data_tests:
                          - accepted_values:
                              values: [bread, cake]
                      - name: customer_id
                        tests:
                          - relationships: {to: ref('raw_customers'), field: customer_id}
                """);
        files.put("models/marts/by_customer.sql", """
                {{ config(alias='customer_totals') }}
                {% set kinds = var('kinds') %}
                select
                    c.name,
                    {% for kind in kinds -%}
                    sum(case when o.kind = '{{ kind }}' then o.amount end) as {{ kind }}_amount{{ "," if not loop.last }}
                    {% endfor %}
                from {{ ref('stg_orders') }} as o
                join {{ ref('raw_customers') }} as c using (customer_id)
                where o.amount >= {{ var('min_amount') }}
                group by c.name
                """);
        files.put("models/marts/order_log.sql", """
                {{ config(materialized='incremental', unique_key='order_id') }}
                select order_id, amount, ordered_at
                from {{ ref('stg_orders') }}
                {% if is_incremental() %}
                  where ordered_at > (select max(ordered_at) from {{ this }})
                {% endif %}
                """);
        files.put("snapshots/customers_history.sql", """
                {% snapshot customers_history %}
                {{ config(target_schema='main', unique_key='customer_id', strategy='check', check_cols='all') }}
                select * from {{ ref('raw_customers') }}
                {% endsnapshot %}
                """);
        files.put("tests/no_free_orders.sql", "select * from {{ ref('stg_orders') }} where amount <= 0\n");
        return files;
    }
}
