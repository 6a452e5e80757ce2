using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Notes;

/// <summary>A note about a table holds until somebody may have written to it, whoever and however.</summary>
public sealed class TableNotesTests : IAsyncDisposable
{
    private const string Name = "total";

    private readonly TemporaryFolder folder = new();
    private DuckDbStore store;

    public TableNotesTests() => store = new DuckDbStore(Location);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Location => folder.Combine("store.duckdb");

    private string NotesLocation => Location + ".notes";

    [Fact]
    public async Task A_note_is_there_for_the_next_process()
    {
        await NoteAsync();

        await ReopenAsync();

        store.Notes.Find(Name).ShouldBe("42");
    }

    [Fact]
    public async Task Writes_to_other_tables_leave_a_note_alone()
    {
        await NoteAsync();

        await ExecuteAsync("UPDATE stock SET amount = 1");
        await ExecuteAsync("SELECT sum(amount) FROM sales");
        await ReopenAsync();

        store.Notes.Find(Name).ShouldBe("42");
    }

    [Theory]
    [InlineData("UPDATE sales SET amount = 43")]
    [InlineData("DELETE FROM \"SALES\"")]
    [InlineData("INSERT INTO sales SELECT * FROM stock")]
    [InlineData("ALTER TABLE sales ADD COLUMN more INTEGER")]
    [InlineData("BEGIN; UPDATE sales SET amount = 43; ROLLBACK")]
    [InlineData("PREPARE change AS UPDATE sales SET amount = 43")]
    public async Task A_statement_that_may_write_to_the_table_ends_a_note(string sql)
    {
        await NoteAsync();

        await ExecuteAsync(sql);

        store.Notes.Find(Name).ShouldBeNull();
    }

    [Fact]
    public async Task A_bulk_write_ends_a_note()
    {
        await NoteAsync();
        await using var connection = await store.OpenAsync(Token);
        Column column = new("amount", ColumnType.Integer);
        await using var writer = await store.BeginBulkWriteAsync(connection, "sales", [column], Token);
        var batch = new RowBatch([column]);
        batch[0].Values<int>()[0] = 1;
        batch.Count = 1;

        await writer.WriteAsync(batch, Token);
        await writer.CompleteAsync(Token);

        store.Notes.Find(Name).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_written_before_a_note_and_committed_after_it_ends_it()
    {
        await NoteAsync();
        await using var connection = await store.OpenAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await connection.ExecuteAsync("UPDATE sales SET amount = 43", null, Token);
        store.Notes.Keep(Name, ["sales"], "42");

        await transaction.CommitAsync(Token);

        store.Notes.Find(Name).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_prepared_before_a_note_and_executed_after_it_ends_it()
    {
        await NoteAsync();
        await using var connection = await store.OpenAsync(Token);
        await connection.ExecuteAsync("PREPARE change AS UPDATE sales SET amount = 43", null, Token);
        store.Notes.Keep(Name, ["sales"], "42");

        await connection.ExecuteAsync("EXECUTE change", null, Token);

        store.Notes.Find(Name).ShouldBeNull();
    }

    [Fact]
    public async Task More_statements_than_are_remembered_count_as_writes_to_everything()
    {
        await NoteAsync();
        await using var connection = await store.OpenAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        for (var i = 0; i < 200; i++)
        {
            await connection.ExecuteAsync($"INSERT INTO stock VALUES ({i})", null, Token);
        }

        await connection.ExecuteAsync("UPDATE sales SET amount = 43", null, Token);
        store.Notes.Keep(Name, ["sales"], "42");

        await transaction.CommitAsync(Token);

        store.Notes.Find(Name).ShouldBeNull();
    }

    [Fact]
    public async Task A_write_by_another_program_ends_a_note()
    {
        await NoteAsync();
        await store.DisposeAsync();
        await using (var other = await DuckDbStore.OpenFileAsync(Location, Token))
        {
            await other.ExecuteAsync("UPDATE sales SET amount = 43", null, Token);
        }

        await ReopenAsync();

        store.Notes.Find(Name).ShouldBeNull();
    }

    [Fact]
    public async Task A_log_that_another_program_left_beside_the_file_ends_a_note()
    {
        await NoteAsync();
        await store.DisposeAsync();
        var kept = await File.ReadAllBytesAsync(NotesLocation, Token);
        var (written, file) = (File.GetLastWriteTimeUtc(Location), await File.ReadAllBytesAsync(Location, Token));
        await using (var other = await DuckDbStore.OpenFileAsync(Location, Token))
        {
            await other.ExecuteAsync("PRAGMA disable_checkpoint_on_shutdown; UPDATE sales SET amount = 43", null, Token);
        }

        File.Exists(Location + ".wal").ShouldBeTrue();
        await File.WriteAllBytesAsync(Location, file, Token);
        File.SetLastWriteTimeUtc(Location, written);
        await File.WriteAllBytesAsync(NotesLocation, kept, Token);

        await ReopenAsync();

        store.Notes.Find(Name).ShouldBeNull();
    }

    [Fact]
    public async Task Another_file_in_the_place_of_the_store_ends_a_note()
    {
        await ExecuteAsync("CREATE TABLE sales AS SELECT 42 AS amount");
        await store.DisposeAsync();
        var copy = await File.ReadAllBytesAsync(Location, Token);
        await ReopenAsync();
        store.Notes.Keep(Name, ["sales"], "42");
        await store.DisposeAsync();
        await File.WriteAllBytesAsync(Location, copy, Token);

        await ReopenAsync();

        store.Notes.Find(Name).ShouldBeNull();
    }

    [Fact]
    public async Task A_process_that_is_killed_leaves_no_note()
    {
        await NoteAsync();

        await ReopenAsync();

        File.Exists(NotesLocation).ShouldBeFalse();
    }

    [Fact]
    public async Task A_transaction_that_outlives_the_store_ends_a_note()
    {
        await NoteAsync();
        await using (var connection = await store.OpenAsync(Token))
        {
            await using var transaction = await connection.BeginTransactionAsync(Token);
            await connection.ExecuteAsync("UPDATE sales SET amount = 43", null, Token);
            store.Notes.Keep(Name, ["sales"], "42");
            await store.DisposeAsync();
            await transaction.CommitAsync(Token);
        }

        await ReopenAsync();

        store.Notes.Find(Name).ShouldBeNull();
    }

    [Fact]
    public async Task A_note_that_was_cut_off_is_none()
    {
        await NoteAsync();
        await store.DisposeAsync();
        await File.WriteAllBytesAsync(NotesLocation, (await File.ReadAllBytesAsync(NotesLocation, Token))[..20], Token);

        await ReopenAsync();

        store.Notes.Find(Name).ShouldBeNull();
    }

    [Fact]
    public async Task A_file_system_that_keeps_whole_seconds_leaves_no_note()
    {
        await NoteAsync();
        await store.DisposeAsync();
        var second = new DateTime(2025, 7, 1, 12, 0, 0, DateTimeKind.Utc);
        var kept = (await File.ReadAllTextAsync(NotesLocation, Token)).Replace(
            $"{File.GetLastWriteTimeUtc(Location).Ticks}",
            $"{second.Ticks}",
            StringComparison.Ordinal
        );
        await File.WriteAllTextAsync(NotesLocation, kept, Token);
        File.SetLastWriteTimeUtc(Location, second);

        await ReopenAsync();

        store.Notes.Find(Name).ShouldBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    private async Task NoteAsync()
    {
        await ExecuteAsync("CREATE TABLE sales AS SELECT 42 AS amount; CREATE TABLE stock AS SELECT 7 AS amount");
        store.Notes.Keep(Name, ["sales"], "42");
    }

    private async Task ReopenAsync()
    {
        await store.DisposeAsync();
        store = new DuckDbStore(Location);
        await ExecuteAsync("SELECT 1");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await store.OpenAsync(Token);
        await connection.ExecuteAsync(sql, null, Token);
    }
}
