using System.Data.Common;
using Tradepost.App.Calls;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Calls;

public sealed class FailuresTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private Settings Settings =>
        Settings.Load(
            new SettingSources(
                new Dictionary<string, string>
                {
                    ["TRADEPOST_DATA"] = folder.Path,
                    ["DATABASE_URL"] = "postgresql://u:s3cr3t-w%40rd@h:5432/d",
                },
                new Dictionary<string, string>(),
                folder.Path,
                _ => null
            )
        );

    [Fact]
    public void A_full_disk_is_told_with_the_place_whoever_noticed_it()
    {
        const string sentence =
            "The disk that holds postgresql://u:***@h:5432/d is full; nothing was changed. Free some space and try again.";

        Failures.Find(new IOException("No space left on device", 28), Settings)!.Message.ShouldBe(sentence);
        Failures
            .Find(new IOException("No space left on device : '/media/stick/a.backup'", 28), Settings)!
            .Message.ShouldBe("The disk that holds /media/stick/a.backup is full. Free some space and try again.");
        Failures.Find(new ServerException("could not extend file", "53100"), Settings)!.Message.ShouldBe(sentence);
        Failures.Find(new ServerException("IO Error: No space left on device"), Settings)!.Message.ShouldBe(sentence);
    }

    [Fact]
    public void What_nobody_foresaw_is_a_sentence_and_its_stack_is_kept_without_passwords()
    {
        var thrown = new InvalidOperationException("Cannot go on with s3cr3t-w@rd");

        Failures.Find(thrown, Settings).ShouldBeNull();
        var failure = Failures.Unforeseen(thrown, Settings, new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

        var log = folder.Combine("logs", "tradepost-2026-01-31.log");
        failure.ExitCode.ShouldBe(1);
        failure.Message.ShouldEndWith($"Details are in {log}.");
        File.ReadAllText(log).ShouldContain("InvalidOperationException");
        File.ReadAllText(log).ShouldNotContain("s3cr3t");
        Redaction.Of(Settings).Clean(failure.Message).ShouldNotContain("s3cr3t");
    }

    [Fact]
    public void A_query_cut_short_is_a_stop_in_the_words_of_either_database()
    {
        Failures.IsStop(new InvalidOperationException("x", new OperationCanceledException())).ShouldBeTrue();
        Failures.IsStop(new ServerException("canceling statement due to user request", "57014")).ShouldBeTrue();
        Failures.IsStop(new ServerException("INTERRUPT Error: Interrupted!")).ShouldBeTrue();
        Failures.IsStop(new ServerException("division by zero", "22012")).ShouldBeFalse();
    }

    public void Dispose() => folder.Dispose();

    private sealed class ServerException(string message, string? state = null) : DbException(message)
    {
        public override string? SqlState => state;
    }
}
