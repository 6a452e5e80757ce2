using System.Globalization;
using MySql.Data.MySqlClient;
using Tradepost.Storage.Sources;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Sources;

public sealed class MySqlReadBufferTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task This_release_of_the_driver_can_be_given_a_buffer()
    {
        await using var connection = await OpenAsync();

        MySqlReadBuffer.TryAttach(connection).ShouldBeTrue();
        MySqlReadBuffer.TryAttach(connection).ShouldBeTrue();
    }

    [Fact]
    public async Task Rows_of_every_length_are_read_through_the_buffer()
    {
        await using var connection = await OpenAsync();
        MySqlReadBuffer.TryAttach(connection);

        var lengths = await LengthsAsync(connection, "SELECT repeat('x', seq * seq) FROM seq_1_to_400");

        lengths.ShouldBe(Enumerable.Range(1, 400).Select(i => i * i));
    }

    [Fact]
    public async Task A_connection_is_as_usable_after_a_cancelled_query_as_before()
    {
        await using var connection = await OpenAsync();
        MySqlReadBuffer.TryAttach(connection);
        await using (var command = new MySqlCommand("SELECT seq FROM seq_1_to_5000000", connection))
        {
            await using var reader = await command.ExecuteReaderAsync(Token);
            await reader.ReadAsync(Token);
            command.Cancel();
        }

        (await LengthsAsync(connection, "SELECT 'four'")).ShouldBe([4]);
    }

    private static async Task<IReadOnlyList<int>> LengthsAsync(MySqlConnection connection, string query)
    {
        await using var command = new MySqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var lengths = new List<int>();
        while (await reader.ReadAsync(Token))
        {
            lengths.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!.Length);
        }

        return lengths;
    }

    private static async Task<MySqlConnection> OpenAsync()
    {
        var server = await Servers.RequireMariaDbAsync();
        var connection = new MySqlConnection((await server.CreateDatabaseAsync()).ConnectionString);
        await connection.OpenAsync(Token);
        return connection;
    }
}
