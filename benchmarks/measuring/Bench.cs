using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tradepost.Benchmarks.Measuring;

/// <summary>One benchmark's surroundings (servers, scratch folder, how often) and what it found.</summary>
internal sealed class Bench
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly double loadAtStart = Machine.LoadAverage();
    private readonly DateTimeOffset started = TimeProvider.System.GetUtcNow();

    public required string Name { get; init; }

    /// <summary>A folder that is deleted when all benchmarks have ended.</summary>
    public required string Folder { get; init; }

    /// <summary>The repository, where results go.</summary>
    public required string Root { get; init; }

    /// <summary>The program that is measured.</summary>
    public string Program =>
        Environment.GetEnvironmentVariable("BENCH_PROGRAM") is { Length: > 0 } other
            ? other
            : Path.Combine(Root, "src", "App", "bin", "Release", "program", "Tradepost.App.dll");

    /// <summary>host:port of a PostgreSQL with user bench and no password.</summary>
    public required string Postgres { get; init; }

    /// <summary>host:port of a MariaDB with user and password bench.</summary>
    public required string MariaDb { get; init; }

    public required string MariaDbSocket { get; init; }

    public int Runs { get; init; }

    public Machine Machine { get; } = Machine.Read();

    public SortedDictionary<string, string> Versions { get; } = new(StringComparer.Ordinal) { [".NET"] = Environment.Version.ToString() };

    public List<Series> Series { get; } = [];

    public List<Finding> Findings { get; } = [];

    /// <summary>Markdown tables of a comparison, as they are to appear in the report.</summary>
    public List<string> Tables { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>A benchmark's surroundings.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="runs">How often each thing is run where nothing is said.</param>
    public static Bench FromEnvironment(string name, int runs = 5) =>
        new()
        {
            Name = name,
            Folder = Required("BENCH_FOLDER"),
            Root = Required("BENCH_ROOT"),
            Postgres = Required("BENCH_POSTGRES"),
            MariaDb = Required("BENCH_MARIADB"),
            MariaDbSocket = Required("BENCH_MARIADB_SOCKET"),
            Runs = (int)Number("RUNS", runs),
        };

    /// <summary>Notes which commit is measured.</summary>
    public async Task NoteVersionAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("BENCH_PROGRAM") is { Length: > 0 })
        {
            Versions["Tradepost"] = "of another build";
            return;
        }

        var commit = await MeasuredProcess.RunAsync(
            "git",
            ["-C", Root, "describe", "--always", "--dirty", "--abbrev=10"],
            null,
            cancellationToken
        );
        Versions["Tradepost"] = commit.Output.Trim();
    }

    /// <summary>A whole number from the environment, for a quicker trial than the default.</summary>
    public static long Number(string variable, long otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : otherwise;

    public Series Start(string name, long rows)
    {
        var series = new Series(name, rows);
        Series.Add(series);
        return series;
    }

    /// <summary>Runs two sides in turn, each first as often as the other, so that neither always meets the other's leftovers.</summary>
    public async Task InTurnAsync(string what, Func<Task> one, Func<Task> other)
    {
        for (var run = 1; run <= Runs; run++)
        {
            Say($"{what}, run {run} of {Runs}");
            await (run % 2 == 1 ? one() : other());
            await (run % 2 == 1 ? other() : one());
        }
    }

    public void Say(string text) => Console.Error.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {Name}: {text}");

    public string PostgresUrl(string database) => $"postgresql://bench@{Postgres}/{database}?sslmode=disable";

    public string MariaDbUrl(string database) => $"mysql://bench:bench@{MariaDb}/{database}?sslmode=disable";

    public async Task WriteResultsAsync(CancellationToken cancellationToken)
    {
        var folder = Environment.GetEnvironmentVariable("RESULTS") is { Length: > 0 } elsewhere
            ? elsewhere
            : Path.Combine(Root, "benchmarks", "results", Machine.FolderName);
        Directory.CreateDirectory(folder);
        var measured = Series.Where(series => !series.IsEmpty).ToList();
        var load = new[] { loadAtStart, Machine.LoadAverage() };
        var document = new
        {
            Benchmark = Name,
            Date = started,
            Machine,
            LoadAverage = load,
            Versions,
            Series = measured,
            Findings,
            Notes,
        };
        await File.WriteAllTextAsync(
            Path.Combine(folder, $"{Name}.json"),
            JsonSerializer.Serialize(document, Json) + "\n",
            cancellationToken
        );
        var report = Report.Of(this, measured, started, load);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{Name}.md"), report, cancellationToken);
        Console.WriteLine(report);
    }

    private static string Required(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? text
            : throw new BenchmarkException($"{variable} is not set: start the benchmarks with `make bench`.");
}
