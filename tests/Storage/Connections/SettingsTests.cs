using Npgsql;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Connections;

public sealed class SettingsTests
{
    private readonly Dictionary<string, string> commandLine = [];
    private readonly Dictionary<string, string> environment = [];
    private readonly Dictionary<string, string> files = [];

    [Fact]
    public void The_nearest_source_counts()
    {
        files["/home/shop/appsettings.json"] = """{"REDIS_URL": "json", "DB_POOL_SIZE": 3, "Logging": {"Level": "x"}}""";
        Read("REDIS_URL").ShouldBe("json");
        Read("DB_POOL_SIZE").ShouldBe("3");

        files["/home/shop/.env"] = "REDIS_URL=file";
        Read("REDIS_URL").ShouldBe("file");

        environment["REDIS_URL"] = "environment";
        Read("REDIS_URL").ShouldBe("environment");

        commandLine["REDIS_URL"] = "command line";
        Read("REDIS_URL").ShouldBe("command line");
        Load().FindOrigin("REDIS_URL").ShouldBe("command line");
    }

    [Fact]
    public void A_profile_has_a_file_that_comes_before_the_usual_one()
    {
        files["/home/shop/.env"] = "DATABASE_URL=postgresql://a@usual/a\nREDIS_URL=usual";
        files["/home/shop/.env.dev"] = "DATABASE_URL=postgresql://a@dev/a";
        Load().Store.ShouldBeOfType<PostgresTarget>().Url.Host.ShouldBe("usual");

        environment["TRADEPOST_PROFILE"] = "dev";

        Load().Store.ShouldBeOfType<PostgresTarget>().Url.Host.ShouldBe("dev");
        Load().FindOrigin("DATABASE_URL").ShouldBe("/home/shop/.env.dev");
        Read("REDIS_URL").ShouldBe("usual");
    }

    [Fact]
    public void A_profile_without_its_file_takes_no_other_store()
    {
        files["/home/shop/.env"] = "DATABASE_URL=postgresql://a@usual/a\nTRADEPOST_PROFILE=prod";

        Should
            .Throw<ConfigurationException>(() => Load().Store)
            .Message.ShouldBe(
                "TRADEPOST_PROFILE: is prod, and /home/shop/.env.prod sets nothing; `tradepost db setup --profile prod --url …` writes it."
            );
    }

    [Fact]
    public void A_profile_leads_to_no_other_folder()
    {
        environment["TRADEPOST_PROFILE"] = "../prod";

        Should.Throw<ConfigurationException>(Load).Message.ShouldContain("letters, digits and _");
    }

    [Fact]
    public void An_empty_value_counts_as_none()
    {
        environment["REDIS_URL"] = " ";
        files["/home/shop/.env"] = "REDIS_URL=file";

        Read("REDIS_URL").ShouldBe("file");
    }

    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("export A = b # why", "b")]
    [InlineData("A='b # c'", "b # c")]
    [InlineData("A=\"b\" # c", "b")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("\uFEFF# first\r\n\r\nA=b=c\r\n", "b=c")]
    [InlineData("A=1\nA=2", "2")]
    [InlineData("A=${HOME}/x", "/home/ann/x")]
    [InlineData("A=\"${HOME}/x\"", "/home/ann/x")]
    [InlineData("A='${HOME}/x'", "${HOME}/x")]
    [InlineData("B=1\nA=${B}2", "12")]
    [InlineData("A=pa$$word$HOME", "pa$$word$HOME")]
    [InlineData("A=${not closed", "${not closed")]
    public void Environment_files_are_read_as_shells_read_them(string text, string value)
    {
        files["/home/shop/.env"] = text;

        Read("A").ShouldBe(value);
    }

    [Theory]
    [InlineData("A=1\nhunter2", "line 2 is not NAME=value")]
    [InlineData("1A=hunter2", "line 1 is not NAME=value")]
    [InlineData("A='hunter2", "line 1 opens a quote")]
    [InlineData("B=1\nA=hunter2${NOWHERE}", "line 2 names ${NOWHERE}, which is not set; in single quotes")]
    public void A_bad_line_is_named_and_not_shown(string text, string expected)
    {
        files["/home/shop/.env"] = text;

        var refused = Should.Throw<ConfigurationException>(Load);

        refused.Message.ShouldStartWith("/home/shop/.env: " + expected);
        refused.Message.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    public void A_settings_file_that_is_no_object_is_named(string text)
    {
        files["/home/shop/appsettings.json"] = text;

        Should.Throw<ConfigurationException>(Load).Message.ShouldStartWith("/home/shop/appsettings.json: ");
    }

    [Fact]
    public void The_store_is_embedded_by_default()
    {
        Load().Store.ShouldBe(new EmbeddedTarget("/home/shop/data/tradepost.duckdb"));
        Load().BatchSize.ShouldBe(2048);
    }

    [Theory]
    [InlineData("elsewhere", "/home/shop/elsewhere/tradepost.duckdb")]
    [InlineData("/var/lib/tradepost", "/var/lib/tradepost/tradepost.duckdb")]
    public void The_data_folder_moves_the_embedded_store(string folder, string expected)
    {
        environment["TRADEPOST_DATA"] = folder;

        Load().Store.ShouldBe(new EmbeddedTarget(expected));
    }

    [Fact]
    public void Parts_of_an_address_ask_for_PostgreSQL()
    {
        environment["DB_HOST"] = "h";
        environment["DB_PORT"] = "6000";
        environment["DB_NAME"] = "d";
        environment["DB_USER"] = "u";
        environment["DB_PASSWORD"] = "p;'\"=";
        environment["DB_SSLMODE"] = "verify-full";
        environment["DB_POOL_SIZE"] = "7";
        environment["DB_BATCH_SIZE"] = "500";

        var settings = Postgres();

        settings.Host.ShouldBe("h");
        settings.Port.ShouldBe(6000);
        settings.Database.ShouldBe("d");
        settings.Username.ShouldBe("u");
        settings.Password.ShouldBe("p;'\"=");
        settings.SslMode.ShouldBe(SslMode.VerifyFull);
        settings.MaxPoolSize.ShouldBe(7);
        Load().BatchSize.ShouldBe(500);
    }

    [Fact]
    public void A_URL_wins_over_parts()
    {
        environment["DB_HOST"] = "h";
        files["/home/shop/.env"] = "DATABASE_URL=postgresql://u:p@other/d\nDATABASE_URL_DIRECT=postgresql://u:p@direct/d";
        environment["DB_POOL_SIZE"] = "7";

        Postgres().Host.ShouldBe("other");
        Postgres().MaxPoolSize.ShouldBe(7);
        Load().Store.ShouldBeOfType<PostgresTarget>().Direct.ShouldNotBeNull().Host.ShouldBe("direct");
    }

    [Fact]
    public void A_URL_can_name_a_DuckDB_file()
    {
        environment["DATABASE_URL"] = "duckdb:///srv/my%20shop.duckdb";

        Load().Store.ShouldBe(new EmbeddedTarget("/srv/my shop.duckdb"));
        Load().Store.ToString().ShouldBe("duckdb:///srv/my shop.duckdb");
    }

    [Theory]
    [InlineData("DATABASE_URL", "duckdb://relative.duckdb", "duckdb:///absolute")]
    [InlineData("DATABASE_URL", "duckdb:file", "duckdb:///absolute")]
    [InlineData("DATABASE_URL", "sqlite:///x", "postgresql://user:password@host")]
    [InlineData("DB_HOST", "h", "DB_NAME: is not set")]
    [InlineData("DB_PASSWORD", "hunter2", "DB_NAME: is not set")]
    [InlineData("DB_PORT", "0", "1 to 65535")]
    public void A_bad_store_is_refused_with_what_is_allowed(string name, string value, string expected)
    {
        environment[name] = value;

        Should.Throw<ConfigurationException>(() => Load().Store).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("1000001")]
    public void A_batch_size_out_of_range_is_refused(string value)
    {
        environment["DB_BATCH_SIZE"] = value;

        Should
            .Throw<ConfigurationException>(() => Load().BatchSize)
            .Message.ShouldBe($"DB_BATCH_SIZE: \"{value}\" cannot be used; allowed is a whole number from 1 to 1000000.");
    }

    [Fact]
    public void Operational_databases_are_read_when_set()
    {
        environment["AUTH_DB_URL"] = "mysql://u:p@auth/d";

        Load().FindMySql("AUTH_DB_URL").ShouldNotBeNull().Host.ShouldBe("auth");
        Load().FindMySql("ORDERS_DB_URL").ShouldBeNull();
    }

    [Fact]
    public void Files_and_environment_of_the_process_are_read()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".env", "MLFLOW_TRACKING_URI=http://localhost:5000");

        Settings
            .Load(SettingSources.OfProcess(folder.Path, SettingNames.All))
            .Find("MLFLOW_TRACKING_URI")
            .ShouldBe("http://localhost:5000");
    }

    [Fact]
    public void A_tilde_is_the_home_folder_and_never_a_folder_of_that_name()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        environment["TRADEPOST_DATA"] = "~/shop";
        Load().DataFolder.ShouldBe(Path.Combine(home, "shop"));

        environment["TRADEPOST_DATA"] = "~";
        Load().DataFolder.ShouldBe(home);

        environment["TRADEPOST_DATA"] = "$HOME/shop";
        Should
            .Throw<ConfigurationException>(() => Load().DataFolder)
            .Message.ShouldBe("TRADEPOST_DATA: \"$HOME/shop\" cannot be used; allowed is a path; in .env a variable is written ${NAME}.");
    }

    [Fact]
    public void Names_that_are_no_settings_are_known()
    {
        environment["TRADEPOST_DATE"] = "x";
        files["/home/shop/.env"] = "TRADEPOST_DATE=x\nTRADEPOST_URLS=http://127.0.0.1:8000\nCOMPOSE_PROJECT_NAME=shop";

        Load().FindUnknown(SettingNames.All).ShouldBe([("/home/shop/.env", "TRADEPOST_DATE")]);
    }

    private string? Read(string name) => Load().Find(name);

    private Settings Load() =>
        Settings.Load(
            new SettingSources(commandLine, environment, "/home/shop", path => files.GetValueOrDefault(path))
            {
                Variable = name => name == "HOME" ? "/home/ann" : null,
            }
        );

    private NpgsqlConnectionStringBuilder Postgres() => new(Load().Store.ShouldBeOfType<PostgresTarget>().Url.ConnectionString.Reveal());
}
