namespace Tradepost.DuckDb.Tests;

public sealed class DuckDbAppenderTests
{
    [Fact]
    public void Appended_rows_are_in_the_table_once_complete()
    {
        using var connection = Db.Open();
        connection.Execute("CREATE TABLE t (id BIGINT, name VARCHAR, price DECIMAL(18,8))");

        using (var appender = connection.CreateAppender(null, "t"))
        {
            for (var row = 0; row < 5; row++)
            {
                appender.Column<long>(0)[row] = row;
                appender.SetText(1, row, $"the name of row number {row}");
                appender.Column<long>(2)[row] = 1_50000000L * row;
            }
            appender.SetNull(1, 4);
            appender.Append(5);
            appender.Complete();
        }

        connection.Get<string>("SELECT string_agg(t, ';' ORDER BY id) FROM (SELECT id, concat_ws(',', id, name, price) t FROM t)")
            .ShouldBe("0,the name of row number 0,0.00000000;1,the name of row number 1,1.50000000;2,the name of row number 2,3.00000000;3,the name of row number 3,4.50000000;4,6.00000000");
    }

    [Fact]
    public void What_was_not_completed_is_discarded()
    {
        using var connection = Db.Open();
        connection.Execute("CREATE TABLE t (id BIGINT)");

        using (var appender = connection.CreateAppender(null, "t"))
        {
            appender.Column<long>(0)[0] = 1;
            appender.Append(1);
        }

        connection.Get<long>("SELECT count(*) FROM t").ShouldBe(0);
    }
}
