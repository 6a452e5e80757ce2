using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tradepost.App.Calls;
using Tradepost.Arguments;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;
using Tradepost.Learning.Budgets;
using Tradepost.Serving.Errors;
using Tradepost.Storage.Failures;
using Tradepost.Trading.Returns.Canaries;

namespace Tradepost.App.Tests;

/// <summary>What the program's own exceptions become: exit code and details at the command line, status and details of an answer.</summary>
public sealed class ForeseenFailuresTests
{
    private const string RunId = "01990000-0000-7000-8000-000000000001";

    private static readonly Exception Inner = new InvalidOperationException("Behind it.");

    private static readonly Run Active = new()
    {
        Id = Guid.Parse(RunId),
        Job = "test.talk",
        State = RunState.Running,
        Arguments = new JsonObject(),
        AskedBy = "a@example.com",
        AskedHow = AskedHow.Api,
        Attempt = 1,
        MaxAttempts = 1,
        TimeoutSeconds = 60,
        QueuedAt = new DateTime(2026, 1, 1),
        DueAt = new DateTime(2026, 1, 1),
    };

    /// <summary>By exception: what makes one, then what it is at the command line and over HTTP. 500 is an answer without the message.</summary>
    public static TheoryData<string, object?[], string, string> Known() =>
        new()
        {
            {
                "ActiveRunException",
                ["test.talk", Active, TimeSpan.FromSeconds(61.26)],
                $$"""1 {"run":"{{RunId}}"}""",
                $$"""409 {"run_id":"{{RunId}}","state":"running","age_seconds":61.3}"""
            },
            { "ArtefactException", ["It is another."], "1", "500" },
            { "BackupException", ["It is damaged.", Inner], "1", "500" },
            { "BulkWriteException", ["price", 3L, "It is too early."], "1", "500" },
            { "CampaignChangeException", [FailureKind.WrongValue, "It is too much."], "2", "422" },
            { "CampaignChangeException", [FailureKind.Conflict, "It was changed since."], "1", "409" },
            { "CampaignChangeException", [FailureKind.NotFound, "There is none."], "1", "404" },
            { "ClickHouseException", ["It is away.", Inner], "1", "500" },
            { "ConfigurationException", ["DATABASE_URL", "it is wrong.", Inner], """2 {"setting":"DATABASE_URL"}""", "500" },
            { "DataQualityException", ["The data are bad."], "4", "500" },
            { "FileFormException", ["a.csv, line 1: it is blank."], "2", "422" },
            { "IdempotencyConflictException", ["k", Active], "1", $$"""409 {"run_id":"{{RunId}}","state":"running"}""" },
            { "WrongArgumentException", ["mode", "mode is x.", null], """2 {"field":"mode"}""", """422 {"field":"mode"}""" },
            {
                "WrongArgumentException",
                ["mode", "mode is x.", new[] { "full" }],
                """2 {"field":"mode","allowed":["full"]}""",
                """422 {"field":"mode","allowed":["full"]}"""
            },
            { "LeakException", [new LeakCanary("purge", "BTCUSDT", 6, CanaryVerdict.Leak, 0.2, 0.03)], "1", "500" },
            {
                "InfeasibleProblemException",
                ["p.json", new InfeasibleBudgetException("group g", "It is too small.")],
                """1 {"constraint":"group g"}""",
                """422 {"constraint":"group g"}"""
            },
            { "JobFailedException", ["It failed.", 1, Inner], "1", "500" },
            { "JobFailedException", ["It cannot be.", 2, null], "2", "422" },
            { "JobFailedException", ["It failed.", 5, null], "5", "500" },
            {
                "JobRightsException",
                ["No.", AskerRole.Analyst, AskerRole.Admin, null],
                "1",
                """403 {"role":"analyst","allowed":["admin"]}"""
            },
            {
                "JobRightsException",
                ["No.", AskerRole.Admin, AskerRole.Operator, "path"],
                "1",
                """403 {"role":"admin","allowed":[],"field":"path"}"""
            },
            {
                "JobRightsException",
                ["No.", AskerRole.Analyst, AskerRole.Analyst, null],
                "1",
                """403 {"role":"analyst","allowed":["admin","analyst"]}"""
            },
            { "LastAdminException", ["a@example.com"], "1", "409" },
            { "LogInUseException", ["/log", new IOException("In use.")], "1", "500" },
            { "LostRunException", [Guid.Parse(RunId)], "1", "500" },
            { "MigrationException", ["It is older.", Inner], "1", "500" },
            { "OutputException", ["/a", new IOException("No space left on device", 28)], "1", "500" },
            {
                "PromotionRefusedException",
                ["It is worse.", "mase", 0.8, 0.7],
                """1 {"metric":"mase","value":0.8,"production":0.7}""",
                """409 {"metric":"mase","value":0.8,"production":0.7}"""
            },
            { "PromotionRefusedException", ["It is there.", null, null, null], "1", "409" },
            { "QueryFailedException", ["No such table.", 8, Inner], """2 {"position":8}""", """422 {"field":"sql","position":8}""" },
            { "QueryFailedException", ["No such table.", null, Inner], "2", """422 {"field":"sql"}""" },
            { "EventProblemException", ["events[0].at", "It is none."], "2", "422" },
            { "GraphException", ["code 2: away"], "1", "500" },
            { "NoAnswerException", ["It is away", Inner], "1", "500" },
            { "PageException", ["It has another layout", Inner], "1", "500" },
            { "QueryRefusedException", ["It writes.", null], "2", """422 {"field":"sql"}""" },
            { "QueryTimeoutException", [TimeSpan.FromSeconds(2), Inner], "1", """422 {"field":"timeout"}""" },
            { "RecordingException", ["It is empty.", Inner], "1", "500" },
            { "RunStateException", [Active, "It has ended."], "1", $$"""409 {"run_id":"{{RunId}}","state":"running"}""" },
            { "ShopExistsException", ["Database shop", "users"], "1", "500" },
            { "ShortHistoryException", [10, 4], "1", "500" },
            { "SourceSchemaException", ["It lacks a table.", Inner], "1", "500" },
            { "SourceUnavailableException", ["orders", "mysql://h", "it is away", Inner], """3 {"source":"orders"}""", "500" },
            { "StoreUnavailableException", ["It is away.", Inner], "1", "503" },
            { "TopicException", ["It is away.", Inner], "1", "500" },
            { "UnknownAlertRuleException", ["mine"], "1", "404" },
            {
                "UnknownJobException",
                ["test.talc", new[] { "test.talk" }],
                """2 {"allowed":["test.talk"]}""",
                """404 {"allowed":["test.talk"]}"""
            },
            { "UnknownModelException", ["m"], "1", "404" },
            { "TooManyRejectsException", ["a.csv", 3L, 4L, 2L, null], "1", "500" },
            { "UnknownModelException", ["m", 3], "1", "404" },
            { "UnknownRunException", [Guid.Parse(RunId)], "1", "404" },
            { "UnknownScheduleException", ["nightly", new[] { "daily" }], "1", "404" },
            { "UsageException", ["It takes one."], "2", "422" },
            { "UserExistsException", ["a@example.com"], "1", "409" },
            { "WebhookRefusedException", ["Not there."], "1", "500" },
        };

    [Theory]
    [MemberData(nameof(Known), DisableDiscoveryEnumeration = true)]
    public void An_exception_ends_the_process_and_answers_a_request_as_its_kind_says(
        string name,
        object?[] arguments,
        string commandLine,
        string answer
    )
    {
        var thrown = Make(name, arguments);

        var failure = Failures.Find(thrown, settings: null) ?? Failures.Unforeseen(thrown, settings: null, DateTimeOffset.UnixEpoch);
        var problem = Problems.Find(thrown);

        Line(failure.ExitCode, failure.Details).ShouldBe(commandLine);
        failure.Message.ShouldBe(thrown.Message);
        Line(problem?.Status ?? 500, problem?.Details).ShouldBe(answer);
        problem?.RetryAfter.ShouldBe(problem.Status == 503 ? Problems.StorePause : null);
        problem?.Message.ShouldBe(
            problem.Status == 503 ? Problems.StoreAway.Message
            : name == "IdempotencyConflictException"
                ? $"This Idempotency-Key was used for run {RunId} of test.talk with other arguments; use a new one."
            : thrown.Message
        );
    }

    [Fact]
    public void Every_exception_of_the_program_has_a_kind_and_is_known_above()
    {
        // One says its status itself, one is a database driver's, and one is the learning library's, which stands below all failures.
        string[] exempt = ["ApiException", "EmbeddedException", "InfeasibleBudgetException"];
        var types = Types().Where(type => !type.IsAbstract && !exempt.Contains(type.Name)).ToList();

        // Arguments stand below the failures of stores and jobs, with the one failure that they have.
        types.Where(type => type != typeof(WrongArgumentException)).ShouldAllBe(type => type.IsAssignableTo(typeof(ForeseenException)));
        types.Select(type => type.Name).ShouldBe(Known().Select(row => row.Data.Item1).Distinct(), ignoreOrder: true);
    }

    [Fact]
    public void A_call_that_a_recording_cannot_serve_is_wrong_usage()
    {
        var thrown = Make("RecordingException", ["It has no such fault.", null]);
        thrown.GetType().GetProperty("ExitCode")!.SetValue(thrown, 2);

        Failures.Find(thrown, settings: null)!.ExitCode.ShouldBe(2);
        Problems.Find(thrown).ShouldBeNull();
    }

    [Fact]
    public void A_full_disk_behind_a_failure_of_the_store_is_what_is_told()
    {
        var full = new IOException("No space left on device", 28);

        foreach (var name in new[] { "BackupException", "MigrationException", "StoreUnavailableException" })
        {
            Failures
                .Find(Make(name, ["It failed.", full]), settings: null)!
                .Message.ShouldStartWith("The disk that holds the store is full");
        }

        Failures.Find(Make("JobFailedException", ["It failed.", 1, full]), settings: null)!.Message.ShouldBe("It failed.");
    }

    private static string Line(int code, IReadOnlyDictionary<string, object>? details) =>
        details is null ? code.ToString() : $"{code} {JsonSerializer.Serialize(details, ResultJson.Options)}";

    private static Exception Make(string name, object?[] arguments) =>
        (Exception)
            Types()
                .Single(type => type.Name == name)
                .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Single(constructor =>
                    constructor.GetParameters() is { } taken
                    && taken.Length == arguments.Length
                    && taken.Zip(arguments).All(pair => pair.Second is null || pair.First.ParameterType.IsInstanceOfType(pair.Second))
                )
                .Invoke(arguments);

    private static IEnumerable<Type> Types() =>
        Parts(typeof(Failures).Assembly)
            .Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsAssignableTo(typeof(Exception)));

    /// <summary>An assembly with everything of the program that it needs.</summary>
    private static IEnumerable<Assembly> Parts(Assembly assembly) =>
        assembly
            .GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("Tradepost.", StringComparison.Ordinal))
            .SelectMany(name => Parts(Assembly.Load(name)))
            .Append(assembly);
}
