using Tradepost.Storage.Embedded;

namespace Tradepost.Storage.Tests.Embedded;

public sealed class StatementTextTests
{
    [Theory]
    [InlineData("SELECT 1", "Reads")]
    [InlineData("  -- first\n/* a /* b */ c */ select 'INSERT; DELETE' ;\n", "Reads")]
    [InlineData("(SELECT 1)", "Reads")]
    [InlineData("FROM t", "Reads")]
    [InlineData("WITH x AS (SELECT updated_at, deleted FROM t) SELECT * FROM x", "Reads")]
    [InlineData("WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x", "Writes")]
    [InlineData("with x as (select 1) delete from t using x", "Writes")]
    [InlineData("INSERT INTO t VALUES ('a;b')", "Writes")]
    [InlineData("EXPLAIN ANALYZE DELETE FROM t", "Writes")]
    [InlineData("COPY t FROM 'file'", "Writes")]
    [InlineData("something that a later DuckDB has", "Writes")]
    [InlineData("BEGIN TRANSACTION READ ONLY", "Transacts")]
    [InlineData("commit;", "Transacts")]
    [InlineData("PREPARE p AS DELETE FROM t", "Prepares")]
    [InlineData("EXECUTE p", "Executes")]
    [InlineData("SELECT 1; DELETE FROM t", "Reads Writes")]
    [InlineData("SELECT $$a;b$$; -- more\n;COMMIT", "Reads Transacts")]
    [InlineData("SELECT 1 -- one\r; DELETE FROM t", "Reads Writes")]
    [InlineData("WITH x AS (SELECT 1) SELECT * FROM x; DELETE FROM t; EXECUTE p", "Reads Writes Executes")]
    [InlineData("SELECT 'unclosed; ", "Reads")]
    [InlineData("", "")]
    [InlineData(" -- nothing\n ; ", "")]
    public void A_statement_is_a_query_only_where_that_is_sure(string sql, string kinds) =>
        string.Join(' ', StatementText.KindsOf(sql)).ShouldBe(kinds);
}
