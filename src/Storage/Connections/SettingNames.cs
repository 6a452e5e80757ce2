namespace Tradepost.Storage.Connections;

/// <summary>All settings of the platform, under the names they have in the environment and in every file.</summary>
public static class SettingNames
{
    public const string Data = "TRADEPOST_DATA";
    public const string Profile = "TRADEPOST_PROFILE";
    public const string DatabaseUrl = "DATABASE_URL";
    public const string DatabaseUrlDirect = "DATABASE_URL_DIRECT";
    public const string DatabaseUrlQueries = "DATABASE_URL_QUERIES";
    public const string DatabaseHost = "DB_HOST";
    public const string DatabasePort = "DB_PORT";
    public const string DatabaseName = "DB_NAME";
    public const string DatabaseUser = "DB_USER";
    public const string DatabasePassword = "DB_PASSWORD";
    public const string DatabaseSslMode = "DB_SSLMODE";
    public const string DatabasePoolSize = "DB_POOL_SIZE";
    public const string DatabaseBatchSize = "DB_BATCH_SIZE";
    public const string Urls = "TRADEPOST_URLS";
    public const string Proxies = "TRADEPOST_PROXIES";
    public const string Hosts = "TRADEPOST_HOSTS";
    public const string PathPrefix = "TRADEPOST_PATH";
    public const string Certificate = "TRADEPOST_CERTIFICATE";
    public const string CertificateKey = "TRADEPOST_CERTIFICATE_KEY";
    public const string RateLimit = "TRADEPOST_RATE_LIMIT";
    public const string EventStreams = "TRADEPOST_EVENT_STREAMS";
    public const string WebhookHosts = "TRADEPOST_WEBHOOK_HOSTS";
    public const string MetricsToken = "TRADEPOST_METRICS_TOKEN";
    public const string Log = "TRADEPOST_LOG";
    public const string KeepRuns = "TRADEPOST_KEEP_RUNS";
    public const string KeepAudit = "TRADEPOST_KEEP_AUDIT";
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string OtlpServiceName = "OTEL_SERVICE_NAME";
    public const string AnalyticsUrl = "ANALYTICS_URL";
    public const string KafkaBrokers = "KAFKA_BROKERS";
    public const string RedisUrl = "REDIS_URL";
    public const string MlflowTrackingUri = "MLFLOW_TRACKING_URI";

    public static IReadOnlyList<Setting> All { get; } =
    [
        new(Data, "folder of everything embedded", "data"),
        new(Profile, "which further file of settings counts: .env.dev comes before .env for dev", "dev"),
        new(DatabaseUrl, "the store: PostgreSQL, or a DuckDB file", "postgresql://user:password@host:5432/database?sslmode=require"),
        new(
            DatabaseUrlDirect,
            "the same PostgreSQL past its pooler, for locks and migrations",
            "postgresql://user:password@host:5432/database?sslmode=require"
        ),
        new(
            DatabaseUrlQueries,
            "the same PostgreSQL with a login that may only read, for queries; db setup makes one otherwise",
            "postgresql://reader:password@host:5432/database?sslmode=require"
        ),
        new(DatabaseHost, "the store in parts, when DATABASE_URL is not set: host", "localhost"),
        new(DatabasePort, "port of DB_HOST", "5432"),
        new(DatabaseName, "database on DB_HOST", "tradepost"),
        new(DatabaseUser, "user on DB_HOST", "tradepost"),
        new(DatabasePassword, "password of DB_USER", "password"),
        new(DatabaseSslMode, "disable, allow, prefer, require, verify-ca or verify-full", "require"),
        new(DatabasePoolSize, "most connections to the store at once", "20"),
        new(DatabaseBatchSize, "rows in a batch", "2048"),
        new(Urls, "where the server listens", "http://127.0.0.1:8000"),
        new(Proxies, "addresses of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed", "10.0.0.5,10.1.0.0/16"),
        new(
            Hosts,
            "names under which the server is reached, beside those of this machine and of its certificate",
            "tradepost.example.org,*.example.net"
        ),
        new(PathPrefix, "the path under which a reverse proxy serves this server", "/tradepost"),
        new(Certificate, "the server's certificate for https, as PEM", "/etc/tradepost/server.crt"),
        new(CertificateKey, "the private key of TRADEPOST_CERTIFICATE, as PEM", "/etc/tradepost/server.key"),
        new(RateLimit, "requests a minute by one client on one route", "1200"),
        new(EventStreams, "event streams that one user may have open at once; an address may have five times as many", "20"),
        new(
            WebhookHosts,
            "hosts, addresses and networks that alerts may be posted to although they are no hosts of the internet",
            "hooks.internal,10.1.0.0/16"
        ),
        new(
            MetricsToken,
            "the bearer token with which /metrics is read; without it, only from this machine or signed in",
            "a-long-random-text"
        ),
        new(Log, "form of a server's log on standard error: json or text (text where a person looks on)", "json"),
        new(KeepRuns, "days for which runs, their logs, fired times of schedules and told alerts are kept", "90"),
        new(KeepAudit, "days for which the audit log is kept", "400"),
        new(OtlpEndpoint, "an OpenTelemetry collector for traces and metrics, by OTLP over HTTP", "http://127.0.0.1:4318"),
        new(OtlpServiceName, "the name under which traces are sent", "tradepost"),
        new(
            AnalyticsUrl,
            "a ClickHouse database that collectors write to beside the store",
            "http://user:password@localhost:8123/tradepost"
        ),
        new(KafkaBrokers, "Kafka brokers that collectors publish to", "localhost:9092"),
        new(RedisUrl, "a Redis server that keeps features of ads for all servers of a store", "redis://user:password@localhost:6379/0"),
        new(MlflowTrackingUri, "reserved: an MLflow server that runs are mirrored to", "http://localhost:5000"),
    ];
}
