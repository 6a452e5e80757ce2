using Dapper;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Embedded;

public sealed class DapperTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private enum Status
    {
        Open = 1,
        Paid = 2,
    }

    [Fact]
    public void Rows_become_records()
    {
        using var connection = Db.Open(folder);
        var id = Guid.NewGuid();
        var placed = new DateTime(2026, 1, 2, 3, 4, 5);
        connection.Execute(
            "CREATE TABLE orders (id UUID, number BIGINT, total DECIMAL(18,2), placed TIMESTAMP, note VARCHAR, status INTEGER)"
        );

        SqlMapper
            .Execute(
                connection,
                "INSERT INTO orders VALUES (@Id, @Number, @Total, @Placed, @Note, @Status)",
                new
                {
                    Id = id,
                    Number = 7L,
                    Total = 12.50m,
                    Placed = placed,
                    Note = (string?)null,
                    Status = Status.Paid,
                }
            )
            .ShouldBe(1);

        connection
            .QuerySingle<Order>(
                "SELECT id, number, total, placed, note, status FROM orders WHERE number = @number AND placed <= @until",
                new { number = 7, until = placed }
            )
            .ShouldBe(new Order(id, 7, 12.50m, placed, null, Status.Paid));
    }

    [Fact]
    public void A_list_expands_into_an_in_clause()
    {
        using var connection = Db.Open(folder);

        connection
            .Query<long>("SELECT range FROM range(10) WHERE range IN @wanted ORDER BY range", new { wanted = new[] { 2, 5, 7, 99 } })
            .ShouldBe([2, 5, 7]);
    }

    [Fact]
    public void Many_parameter_sets_run_one_after_another()
    {
        using var connection = Db.Open(folder);
        connection.Execute("CREATE TABLE t (a INTEGER, b VARCHAR)");

        SqlMapper
            .Execute(connection, "INSERT INTO t VALUES ($a, $b)", Enumerable.Range(0, 5).Select(i => new { a = i, b = $"row {i}" }))
            .ShouldBe(5);

        connection.ExecuteScalar<int>("SELECT count(*) FROM t").ShouldBe(5);
    }

    [Fact]
    public async Task Rows_are_read_asynchronously_inside_a_transaction()
    {
        await using var connection = Db.Open(folder);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);

        var rows = (
            await connection.QueryAsync<(int Id, string Name)>(
                "SELECT range::INTEGER, 'n' || range FROM range(3)",
                transaction: transaction
            )
        ).AsList();

        rows.ShouldBe([(0, "n0"), (1, "n1"), (2, "n2")]);
    }

    [Fact]
    public void Several_results_are_read_in_turn()
    {
        using var connection = Db.Open(folder);

        using var results = connection.QueryMultiple("SELECT 1; SELECT 'two'");

        results.ReadSingle<int>().ShouldBe(1);
        results.ReadSingle<string>().ShouldBe("two");
    }

    private sealed record Order(Guid Id, long Number, decimal Total, DateTime Placed, string? Note, Status Status);
}
