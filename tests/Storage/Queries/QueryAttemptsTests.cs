using Tradepost.Storage.Queries;

namespace Tradepost.Storage.Tests.Queries;

/// <summary>What somebody with bad intentions would try; each is refused, and leaves everything as it was.</summary>
public sealed class QueryAttemptsTests(QueryStores stores) : IClassFixture<QueryStores>
{
    [Theory]
    // writing
    [InlineData("INSERT INTO items VALUES (9, 'x')")]
    [InlineData("UPDATE items SET name = 'x'")]
    [InlineData("DELETE FROM items")]
    [InlineData("TRUNCATE items")]
    [InlineData("/* SELECT */ DROP TABLE items")]
    [InlineData("CREATE TABLE more (id int)")]
    [InlineData("CREATE TEMP TABLE more AS SELECT 1")]
    [InlineData("CREATE OR REPLACE VIEW shown AS SELECT 1")]
    [InlineData("ALTER TABLE items ADD COLUMN more int")]
    [InlineData("EXPLAIN ANALYZE DELETE FROM items")]
    [InlineData("EXPLAIN ANALYZE CREATE TABLE more AS SELECT 1")]
    [InlineData("SELECT nextval('numbers')")]
    [InlineData("SELECT id FROM items FOR UPDATE; DELETE FROM items")]
    // more than one statement
    [InlineData("SELECT 1; DELETE FROM items")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1; COMMIT; DELETE FROM items")]
    [InlineData("SELECT ';' ; -- ;\n DROP TABLE items")]
    [InlineData("SELECT $$;$$; DROP TABLE items; SELECT $x$;$x$")]
    [InlineData("SELECT /* /* */ ; */ 1; DROP TABLE items")]
    [InlineData("COMMIT")]
    [InlineData("BEGIN")]
    [InlineData("ROLLBACK; DROP TABLE items")]
    // settings, sessions, extensions
    [InlineData("SET threads = 1")]
    [InlineData("RESET ALL")]
    [InlineData("SELECT current_setting('temp_directory')")]
    [InlineData("PREPARE p AS DELETE FROM items")]
    [InlineData("EXECUTE p")]
    [InlineData("CALL backdoor()")]
    [InlineData("LOAD 'httpfs'")]
    [InlineData("VACUUM")]
    [InlineData("CHECKPOINT")]
    // files
    [InlineData("COPY items TO '/dev/null'")]
    [InlineData("COPY (SELECT 1) TO '/dev/null'")]
    [InlineData("COPY items FROM '{secret}'")]
    // waiting
    [InlineData("SELECT pg_sleep(100)")]
    // what is hidden
    [InlineData("SELECT * FROM users")]
    [InlineData("SELECT * FROM \"users\"")]
    [InlineData("TABLE users")]
    [InlineData("SELECT (SELECT password_hash FROM USERS)")]
    [InlineData("SELECT 1 WHERE EXISTS (SELECT 1 FROM users WHERE password_hash LIKE 'a%')")]
    [InlineData("WITH x AS (SELECT 1), users AS (SELECT 2) SELECT * FROM users")]
    [InlineData("SELECT * FROM items JOIN (SELECT u.email FROM users u) u ON true")]
    [InlineData("SELECT * FROM people")]
    [InlineData("SELECT * FROM friends")]
    [InlineData("EXPLAIN SELECT * FROM users")]
    // not SQL at all
    [InlineData("")]
    [InlineData("  -- nothing")]
    [InlineData("SELECT 1\0; DROP TABLE items")]
    [InlineData("rm -rf /")]
    public async Task On_either_store_it_is_refused(string sql)
    {
        await RefusedAsync("duckdb", sql);
        await RefusedAsync("postgres", sql);
    }

    [Theory]
    [InlineData("WITH x AS (SELECT 1) DELETE FROM items")]
    [InlineData("WITH x AS (DELETE FROM items RETURNING id) SELECT * FROM x")]
    [InlineData("SELECT * INTO more FROM items")]
    public async Task What_looks_like_a_query_and_writes_is_refused_or_no_SQL_for_the_store(string sql)
    {
        foreach (var kind in new[] { "duckdb", "postgres" })
        {
            var before = await stores.StateAsync(kind);

            var thrown = await Record.ExceptionAsync(() => stores.RunAsync(kind, sql));

            (thrown is QueryRefusedException or QueryFailedException).ShouldBeTrue(thrown?.ToString());
            (await stores.StateAsync(kind)).ShouldBe(before);
        }
    }

    [Theory]
    [InlineData("ATTACH 'other.duckdb'")]
    [InlineData("ATTACH '{secret}.duckdb' AS other")]
    [InlineData("DETACH store")]
    [InlineData("USE system")]
    [InlineData("INSTALL httpfs")]
    [InlineData("EXPORT DATABASE '/stolen'")]
    [InlineData("IMPORT DATABASE '/stolen'")]
    [InlineData("PRAGMA database_size")]
    [InlineData("PRAGMA enable_profiling")]
    [InlineData("CREATE SECRET s (TYPE S3, KEY_ID 'a', SECRET 'b')")]
    [InlineData("SET VARIABLE x = 1")]
    [InlineData("FROM '{secret}'")]
    [InlineData("SELECT * FROM \"{secret}\"")]
    [InlineData("SELECT * FROM 'https://example.com/x.parquet'")]
    [InlineData("SELECT (SELECT word FROM (WITH \"{secret}\" AS (SELECT 1 AS word) SELECT * FROM \"{secret}\")) FROM '{secret}'")]
    [InlineData("SELECT * FROM read_csv('{secret}')")]
    [InlineData("SELECT * FROM read_csv_auto('{secret}')")]
    [InlineData("SELECT * FROM read_text('{secret}')")]
    [InlineData("SELECT * FROM read_blob('{secret}')")]
    [InlineData("SELECT * FROM read_json('{secret}')")]
    [InlineData("SELECT * FROM read_parquet('{secret}')")]
    [InlineData("SELECT * FROM parquet_metadata('{secret}')")]
    [InlineData("SELECT * FROM sniff_csv('{secret}')")]
    [InlineData("SELECT * FROM glob('/etc/*')")]
    [InlineData("SELECT * FROM items, LATERAL (SELECT * FROM glob(name)) g")]
    [InlineData("SELECT * FROM query('SELECT * FROM users')")]
    [InlineData("SELECT * FROM query_table('users')")]
    [InlineData("SELECT * FROM query_table(['users'])")]
    [InlineData("SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM users'))")]
    [InlineData("SELECT * FROM pragma_storage_info('users')")]
    [InlineData("SELECT * FROM duckdb_secrets()")]
    [InlineData("SELECT * FROM duckdb_settings()")]
    [InlineData("SELECT * FROM duckdb_logs")]
    [InlineData("SELECT * FROM which_secret('s3://x', 's3')")]
    [InlineData("SELECT * FROM seq_scan('users')")]
    [InlineData("SELECT * FROM checkpoint()")]
    [InlineData("SELECT * FROM force_checkpoint()")]
    [InlineData("SELECT * FROM enable_logging()")]
    [InlineData("SELECT * FROM enable_profiling()")]
    [InlineData("SELECT * FROM system.main.duckdb_views")]
    [InlineData("SELECT write_log('x')")]
    [InlineData("SELECT sleep_ms(100000)")]
    [InlineData("SELECT id.sleep_ms() FROM items")]
    [InlineData("SELECT setseed(0.5)")]
    [InlineData("SELECT repeat('x', 2000000000)")]
    [InlineData("SELECT list_transform(['s'], x -> currval(x))")]
    [InlineData("SELECT [nextval(x) FOR x IN ['numbers']]")]
    [InlineData("SELECT COLUMNS(c -> nextval('numbers') > 0) FROM items")]
    [InlineData("SELECT * REPLACE (nextval('numbers') AS id) FROM items")]
    [InlineData("SELECT id FROM items ORDER BY nextval('numbers')")]
    [InlineData("SELECT sum(id) OVER (ORDER BY nextval('numbers')) FROM items")]
    [InlineData("DESCRIBE users")]
    [InlineData("SUMMARIZE users")]
    [InlineData("SHOW users")]
    [InlineData("SHOW VARIABLES")]
    [InlineData("SUMMARIZE SELECT * FROM read_text('{secret}')")]
    [InlineData("PIVOT items ON name USING sum(id)")]
    [InlineData("FROM items SELECT getvariable('x')")]
    [InlineData("SELECT ?")]
    [InlineData("EXPLAIN ANALYZE SELECT * FROM read_text('{secret}')")]
    [InlineData("EXPLAIN EXPLAIN SELECT 1")]
    public async Task On_the_embedded_store_it_is_refused(string sql) => await RefusedAsync("duckdb", sql);

    [Theory]
    [InlineData("EXPLAIN SELECT * FROM information_schema.columns")]
    [InlineData("EXPLAIN ANALYZE SELECT table_name FROM information_schema.tables WHERE table_name > 'a'")]
    [InlineData("EXPLAIN SELECT * FROM (SHOW TABLES)")]
    [InlineData("SELECT nothing FROM information_schema.tables")]
    [InlineData("SELECT nothing FROM information_schema.columns t WHERE t.column_name = 'x'")]
    [InlineData("SELECT CAST(table_name AS integer) FROM information_schema.tables")]
    [InlineData("SELECT max(q.name) FROM (SHOW TABLES) q, (SHOW TABLES) r WHERE q.nothing = 1")]
    public async Task Neither_a_plan_nor_an_error_names_what_is_hidden(string sql)
    {
        var shown = await Record.ExceptionAsync(() => stores.RunAsync("duckdb", sql)) is { } thrown
            ? thrown.Message
            : string.Join("\n", (await stores.RunAsync("duckdb", sql)).Rows.SelectMany(row => row));

        shown.ShouldNotBeEmpty();
        new[] { "users", "friends", "people" }.Where(name => shown.Contains(name, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(shown);
    }

    [Theory]
    [InlineData("SELECT pg_read_file('/etc/passwd')")]
    [InlineData("SELECT ('/etc/passwd'::text).pg_read_file")]
    [InlineData("SELECT \"pg_read_file\"('/etc/passwd')")]
    [InlineData("SELECT U&\"pg\\005fread_file\"('/etc/passwd')")]
    [InlineData("SELECT pg_catalog.pg_read_binary_file('/etc/passwd')")]
    [InlineData("SELECT pg_ls_dir('/')")]
    [InlineData("SELECT * FROM pg_stat_file('/etc/passwd')")]
    [InlineData("SELECT lo_import('/etc/passwd')")]
    [InlineData("SELECT lo_export(1, '/stolen')")]
    [InlineData("SELECT lo_create(0)")]
    [InlineData("SELECT lo_from_bytea(0, 'x')")]
    [InlineData("COPY items TO PROGRAM 'touch /stolen'")]
    [InlineData("COPY items FROM PROGRAM 'id'")]
    [InlineData("SELECT * FROM dblink('host=127.0.0.1', 'SELECT 1') AS t(x int)")]
    [InlineData("SELECT * FROM away")]
    [InlineData("SELECT pg_terminate_backend(pg_backend_pid())")]
    [InlineData("SELECT pg_cancel_backend(1)")]
    [InlineData("SELECT set_config('transaction_read_only', 'off', true)")]
    [InlineData("SELECT set_config('role', 'none', false), set_config('statement_timeout', '0', false)")]
    [InlineData("SELECT pg_advisory_lock(1)")]
    [InlineData("SELECT pg_try_advisory_lock(1)")]
    [InlineData("SELECT pg_advisory_xact_lock(1)")]
    [InlineData("SELECT pg_notify('x', 'y')")]
    [InlineData("NOTIFY x")]
    [InlineData("LISTEN x")]
    [InlineData("LOCK TABLE items")]
    [InlineData("SELECT * FROM items FOR UPDATE")]
    [InlineData("SELECT * FROM items FOR SHARE")]
    [InlineData("SELECT setval('numbers', 100)")]
    [InlineData("SELECT backdoor()")]
    [InlineData("SELECT * FROM items WHERE id = backdoor()")]
    [InlineData("SELECT query_to_xml('SELECT * FROM users', true, true, '')")]
    [InlineData("SELECT table_to_xml('users', true, true, '')")]
    [InlineData("SELECT database_to_xml(true, true, '')")]
    [InlineData("SELECT * FROM ts_stat('SELECT password_hash::tsvector FROM users')")]
    [InlineData("SELECT * FROM pg_authid")]
    [InlineData("SELECT * FROM pg_catalog.pg_shadow")]
    [InlineData("SELECT * FROM pg_stats WHERE tablename = 'users'")]
    [InlineData("SELECT * FROM pg_stat_activity")]
    [InlineData("SELECT * FROM pg_settings")]
    [InlineData("SELECT * FROM pg_hba_file_rules")]
    [InlineData("SELECT * FROM pg_file_settings")]
    [InlineData("SELECT * FROM pg_user_mapping")]
    [InlineData("SELECT * FROM information_schema.user_mapping_options")]
    [InlineData("SELECT * FROM pg_largeobject")]
    [InlineData("SELECT pg_export_snapshot()")]
    [InlineData("SELECT pg_switch_wal()")]
    [InlineData("SELECT pg_reload_conf()")]
    [InlineData("SELECT pg_logical_emit_message(false, 'a', 'b')")]
    [InlineData("SHOW data_directory")]
    [InlineData("SHOW ALL")]
    [InlineData("SET ROLE postgres")]
    [InlineData("SET SESSION AUTHORIZATION postgres")]
    [InlineData("DO $$ BEGIN DELETE FROM items; END $$")]
    [InlineData("DECLARE c CURSOR FOR SELECT 1")]
    [InlineData("FETCH ALL FROM query")]
    [InlineData("MOVE ALL FROM query")]
    [InlineData("DISCARD ALL")]
    [InlineData("REFRESH MATERIALIZED VIEW shown")]
    [InlineData("CREATE EXTENSION dblink")]
    [InlineData("ALTER SYSTEM SET shared_buffers = '1GB'")]
    [InlineData("CREATE USER evil SUPERUSER")]
    [InlineData("GRANT ALL ON items TO PUBLIC")]
    [InlineData("EXPLAIN (ANALYZE) DELETE FROM items")]
    [InlineData("EXPLAIN ANALYZE EXECUTE p")]
    [InlineData("EXPLAIN ANALYZE SELECT * INTO more FROM items")]
    [InlineData("SELECT E'\\'; DROP TABLE items; --'; SELECT '")]
    [InlineData("SELECT '\\'; DROP TABLE items; --'")]
    [InlineData("SELECT repeat('x', 1000000000)")]
    [InlineData("VALUES (pg_sleep(100))")]
    public async Task On_PostgreSQL_it_is_refused_even_to_a_superuser(string sql) => await RefusedAsync("postgres", sql);

    private async Task RefusedAsync(string kind, string sql)
    {
        var before = await stores.StateAsync(kind);

        var thrown = await Should.ThrowAsync<QueryRefusedException>(() =>
            stores.RunAsync(kind, sql.Replace("{secret}", stores.SecretFile, StringComparison.Ordinal))
        );

        thrown.Message.ShouldEndWith(".");
        thrown.Message.ShouldNotContain('\n');
        (await stores.StateAsync(kind)).ShouldBe(before);
    }
}
