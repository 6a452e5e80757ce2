using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tradepost.Tests.Support;

namespace Tradepost.EndToEnd.Tests;

/// <summary>App → Domains → Training, Serving → Jobs, Streams → Storage, Arguments, Learning; never sideways.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["App"] = ["Domains", "Training", "Serving", "Jobs", "Streams", "Storage", "Arguments", "Learning"],
        ["Domains"] = ["Training", "Serving", "Jobs", "Streams", "Storage", "Arguments", "Learning"],
        ["Serving"] = ["Jobs", "Storage", "Arguments"],
        ["Training"] = ["Storage", "Learning"],
        ["Jobs"] = ["Storage", "Arguments"],
        ["Streams"] = ["Storage"],
        ["Storage"] = [],
        ["Arguments"] = [],
        ["Learning"] = [],
    };

    private static readonly string Sources = RepositoryRoot.Combine("src");
    private static readonly string Page = RepositoryRoot.Combine("web/src");

    [Fact]
    public void Every_project_references_only_what_lies_below_it()
    {
        var wrong = Projects()
            .SelectMany(project =>
                References(project)
                    .Where(reference => !MayReference[Area(project)].Contains(Area(reference)))
                    .Select(reference => $"{Relative(project)} references {Relative(reference)}")
            );

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_folder_of_src_has_its_place_in_the_order()
    {
        Directory.GetDirectories(Sources).Select(folder => Path.GetFileName(folder)!).Except(MayReference.Keys).ShouldBeEmpty();
        Projects().Select(Area).Except(MayReference.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void Every_domain_is_one_project_in_a_folder_of_its_name()
    {
        foreach (var domain in Directory.GetDirectories(Path.Combine(Sources, "Domains")))
        {
            Directory
                .GetFiles(domain, "*.csproj", SearchOption.AllDirectories)
                .ShouldBe([Path.Combine(domain, $"{Path.GetFileName(domain)}.csproj")]);
        }
    }

    /// <summary>By its name, alone or as a part of another, by its jobs, or by its tables; comments apart.</summary>
    [Fact]
    public void Nothing_outside_a_domain_names_it_but_the_list_of_domains()
    {
        var domains = Directory.GetDirectories(Path.Combine(Sources, "Domains")).Select(Vocabulary.Of).ToList();
        var outside = SourceFiles(Sources).Where(file => Area(file) != "Domains" && Relative(file) != "App/Domains.cs");

        domains.ShouldAllBe(domain => domain.Names.Count > 0);
        outside
            .SelectMany(file =>
                domains.SelectMany(domain => domain.In(Relative(file), Code(file))).Select(word => $"{Relative(file)}: {word}")
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public void Only_Storage_knows_the_embedded_databases_provider()
    {
        var users = Projects()
            .SelectMany(project => Directory.GetFiles(Path.GetDirectoryName(project)!, "*.cs", SearchOption.AllDirectories))
            .Where(file => File.ReadAllText(file).Contains("using DuckDB.NET", StringComparison.Ordinal));

        users.Select(file => Relative(file).Split('/')[0]).Distinct().ShouldBe(["Storage"]);
    }

    [Fact]
    public void Learning_needs_no_package()
    {
        var packages = Projects().Where(project => Area(project) == "Learning").SelectMany(project => Items(project, "PackageReference"));

        packages.Except(["System.Numerics.Tensors"]).ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var listed = XDocument
            .Load(RepositoryRoot.Combine("Tradepost.slnx"))
            .Descendants("Project")
            .Select(project => project.Attribute("Path")!.Value)
            .ToList();
        var found = new[] { "src", "tests", "benchmarks" }
            .SelectMany(folder => Directory.GetFiles(RepositoryRoot.Combine(folder), "*.csproj", SearchOption.AllDirectories))
            .Select(project => Path.GetRelativePath(RepositoryRoot.Path, project));

        listed.ShouldBe(found, ignoreOrder: true);
    }

    [Fact]
    public void Features_of_the_page_import_only_what_is_shared_and_only_their_list_imports_them()
    {
        var imports = Directory
            .GetFiles(Page, "*.ts*", SearchOption.AllDirectories)
            .SelectMany(file => Imports(file).Select(target => (File: Path.GetRelativePath(Page, file), Target: target)))
            .ToList();

        imports.ShouldContain(("app/features.ts", "features/retail"));
        imports
            .Where(import => !MayImport(import.File, import.Target))
            .Select(import => $"{import.File} imports {import.Target}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_store_is_asked_what_it_is_outside_Storage()
    {
        var checks = Projects()
            .Where(project => Area(project) != "Storage")
            .SelectMany(project => Directory.GetFiles(Path.GetDirectoryName(project)!, "*.cs", SearchOption.AllDirectories))
            .Where(file => StoreCheck().IsMatch(File.ReadAllText(file)));

        checks.Select(Relative).ShouldBeEmpty();
    }

    private static IEnumerable<string> SourceFiles(string folder) =>
        Directory
            .GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Relative(file).Split('/').Any(part => part is "bin" or "obj"));

    private static string Code(string file) => Comment().Replace(File.ReadAllText(file), "");

    private static string[] Projects() => Directory.GetFiles(Sources, "*.csproj", SearchOption.AllDirectories);

    private static IEnumerable<string> References(string project) =>
        Items(project, "ProjectReference").Select(path => Path.GetFullPath(path, Path.GetDirectoryName(project)!));

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'));

    private static string Area(string project) => Relative(project).Split('/')[0];

    private static string Relative(string path) => Path.GetRelativePath(Sources, path);

    private static IEnumerable<string> Imports(string file) =>
        PageImport()
            .Matches(File.ReadAllText(file))
            .Select(match => match.Groups["path"].Value)
            .Select(path =>
                path.StartsWith("@/", StringComparison.Ordinal)
                    ? path[2..]
                    : Path.GetRelativePath(Page, Path.GetFullPath(path, Path.GetDirectoryName(file)!))
            );

    private static bool MayImport(string file, string target) =>
        (file.Split('/')[0], target.Split('/')[0]) switch
        {
            ("shared", "app" or "features") or ("features", "app") => false,
            ("features", "features") => file.Split('/')[1] == target.Split('/')[1],
            (_, "features") => file == "app/features.ts",
            _ => true,
        };

    [GeneratedRegex(
        @"(\b(is|not|as|or|and|case)\s+|typeof\(|OfType<)(DuckDb|Postgres)(Store|Dialect)\b|(DuckDb|Postgres)(Store|Dialect)[^()=;]*\)?\s*=>|Dialect\.Name\s*(==|!=|is|switch)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex StoreCheck();

    [GeneratedRegex(@"(?:from|import)\s*\(?\s*'(?<path>@/[^']+|\.[^']*)'", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PageImport();

    [GeneratedRegex(@"(?<![:""])//.*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();

    /// <summary>What only a domain has: its name, and the names of its jobs and tables.</summary>
    private sealed partial record Vocabulary(string Domain, IReadOnlyCollection<string> Names)
    {
        public static Vocabulary Of(string folder)
        {
            var domain = Path.GetFileName(folder).ToLowerInvariant();
            var jobs = SourceFiles(folder).SelectMany(file => JobName().Matches(Code(file))).Select(match => match.Groups["name"].Value);
            var tables = Directory
                .GetFiles(Path.Combine(folder, "Migrations"), "*.sql")
                .SelectMany(file => TableName().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups["name"].Value);
            return new Vocabulary(
                domain,
                jobs.Where(job => job.StartsWith($"{domain}.", StringComparison.Ordinal)).Concat(tables).ToHashSet()
            );
        }

        public IEnumerable<string> In(string path, string code) =>
            Name()
                .Matches($"{path} {code}")
                .Select(match => match.Value)
                .Where(name =>
                    Names.Contains(name) || Word().Matches(name).Any(word => word.Value.Equals(Domain, StringComparison.OrdinalIgnoreCase))
                )
                .Distinct();

        [GeneratedRegex(@"""(?<name>[a-z]+\.[a-z-]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
        private static partial Regex JobName();

        [GeneratedRegex(
            @"CREATE TABLE (IF NOT EXISTS )?""?(?<name>\w+_\w+)",
            RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
            matchTimeoutMilliseconds: 1000
        )]
        private static partial Regex TableName();

        [GeneratedRegex(@"\w+(\.[a-z-]+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
        private static partial Regex Name();

        [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
        private static partial Regex Word();
    }
}
