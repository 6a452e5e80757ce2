using System.Net;
using System.Net.Sockets;
using System.Text;
using Tradepost.Arguments;
using Tradepost.Jobs.Alerts;
using Tradepost.Storage.Connections;

namespace Tradepost.Jobs.Tests.Alerts;

/// <summary>Where an alert may be posted to: not to this machine, its network or a cloud's metadata, however the address is written.</summary>
public sealed class WebhookTests
{
    /// <summary>IPv4 that no webhook may reach, at the ends of the networks and within.</summary>
    private static readonly string[] Inner =
    [
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.1.2.3",
        "10.255.255.255",
        "100.64.0.0",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.0.1",
        "169.254.169.254",
        "169.254.170.2",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
    ];

    private static readonly string[] Outer =
    [
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "223.255.255.255",
    ];

    public static TheoryData<string> Refused =>
        [
            .. Inner.SelectMany(FormsOf),
            "::",
            "::1",
            "::2",
            "fe80::1",
            "fe80::1%1",
            "febf::1",
            "fec0::1",
            "fc00::1",
            "fd00:ec2::254",
            "fdff::1",
            "ff02::1",
            "ff0e::1",
            "100::1",
            "64:ff9b:1::1",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "2001:db8::1",
            "3fff::1",
            "4000::1",
            "5f00::1",
        ];

    public static TheoryData<string> Allowed =>
        [.. Outer.SelectMany(FormsOf), "2001:4860:4860::8888", "2606:4700:4700::1111", "2a00:1450::1", "2a00:1450::5efe:808:808"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_no_host_of_the_internet_is_refused_in_every_form(string address) =>
        PublicAddress.Is(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Hosts_of_the_internet_are_allowed_in_every_form(string address) =>
        PublicAddress.Is(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST./hook")]
    [InlineData("https://a.localhost:8443/")]
    [InlineData("http://127.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://user@hooks.example.org/")]
    [InlineData("http://user:password@hooks.example.org/")]
    [InlineData("ftp://hooks.example.org/")]
    [InlineData("gopher://hooks.example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//hooks.example.org/")]
    [InlineData("hooks.example.org")]
    public async Task A_rule_with_an_address_that_may_not_be_posted_to_is_not_kept(string url)
    {
        await using var world = await WorldAsync("");

        var refused = await Should.ThrowAsync<WrongArgumentException>(() =>
            world.Alerts.SetRuleAsync(
                new AlertRule
                {
                    Name = "mine",
                    Kind = AlertKind.Failed,
                    Url = new Secret(url),
                },
                "admin",
                Cancellation
            )
        );

        refused.Field.ShouldBe("url");
        (await world.Alerts.ListRulesAsync(Cancellation)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "anything.example.org", "::ffff:127.0.0.1", true)]
    [InlineData("10.1.0.0/16", "anything.example.org", "10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "anything.example.org", "10.2.2.3", false)]
    [InlineData("fd00::/8", "anything.example.org", "fd12::1", true)]
    [InlineData("[::1]", "localhost", "::1", true)]
    [InlineData("hooks.internal, 10.0.0.5", "HOOKS.internal.", "192.168.1.1", true)]
    [InlineData("hooks.internal", "evil-hooks.internal", "192.168.1.1", false)]
    [InlineData("*.internal", "a.b.internal", "192.168.1.1", true)]
    [InlineData("*.internal", "internal", "192.168.1.1", false)]
    [InlineData("*.internal", "evilinternal", "192.168.1.1", false)]
    [InlineData("", "hooks.example.org", "8.8.8.8", true)]
    public void The_setting_allows_what_it_names_and_no_more(string setting, string host, string address, bool isAllowed) =>
        HostsOf(setting).Allows(host, IPAddress.Parse(address)).ShouldBe(isAllowed);

    [Theory]
    [InlineData("10.1.0.0/33")]
    [InlineData("http://hooks")]
    [InlineData("ho oks!")]
    [InlineData("*")]
    public void A_setting_that_cannot_be_read_names_itself(string setting) =>
        Should.Throw<ConfigurationException>(() => HostsOf(setting)).Setting.ShouldBe("TRADEPOST_WEBHOOK_HOSTS");

    [Fact]
    public async Task A_name_is_judged_by_the_address_that_it_is_connected_to()
    {
        await using var hook = new WebhookReceiver();
        using var client = new WebhookClient(HostsOf(""), TimeSpan.FromSeconds(10));

        // The name has become one of this machine after the rule was kept.
        await Should.ThrowAsync<WebhookRefusedException>(() =>
            client.PostAsync(new Uri(hook.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)), "{}", Cancellation)
        );

        hook.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task An_alert_of_a_rule_that_an_older_version_kept_is_not_posted_and_says_why()
    {
        await using var hook = new WebhookReceiver();
        await using var world = await WorldAsync("");
        await world.World.ExecuteAsync(
            $"INSERT INTO job_alert_rules (name, kind, tolerance, history, changed_by, changed_at) VALUES ('old', 'Failed', 0.25, 10, 'admin', TIMESTAMP '2026-01-01 00:00:00')"
        );
        await new AlertAddresses(world.World.Store).SetAsync("old", new Secret(hook.Url), Cancellation);
        await world.World.ExecuteRunAsync("test.fail");
        using var monitor = world.Jobs.CreateAlertMonitor();

        await monitor.RaiseAsync(Cancellation);
        await monitor.DeliverAsync(Cancellation);

        hook.IsEmpty.ShouldBeTrue();
        (await world.Alerts.ListAsync(10, Cancellation))
            .Single()
            .LastError.ShouldBe(
                "127.0.0.1 is this machine, in a private network, or no host of the internet; TRADEPOST_WEBHOOK_HOSTS can allow it."
            );
    }

    [Fact]
    public async Task No_redirect_is_followed()
    {
        await using var hook = new WebhookReceiver();
        using var redirecting = new RawServer($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {hook.Url}\r\nContent-Length: 0\r\n\r\n");
        using var client = new WebhookClient(HostsOf("127.0.0.1"), TimeSpan.FromSeconds(10));

        (await client.PostAsync(redirecting.Url, "{}", Cancellation)).ShouldBe(HttpStatusCode.TemporaryRedirect);

        hook.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task An_answer_without_an_end_is_not_read()
    {
        using var endless = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n" + new string('x', 100_000));
        using var client = new WebhookClient(HostsOf("127.0.0.1"), TimeSpan.FromMinutes(10));

        (await client.PostAsync(endless.Url, "{}", Cancellation)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Endless_headers_are_given_up()
    {
        using var endless = new RawServer("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat($"X: {new string('x', 1000)}\r\n", 100)));
        using var client = new WebhookClient(HostsOf("127.0.0.1"), TimeSpan.FromMinutes(10));

        await Should.ThrowAsync<HttpRequestException>(() => client.PostAsync(endless.Url, "{}", Cancellation));
    }

    /// <summary>The address in every form that the system takes for IPv4.</summary>
    private static IEnumerable<string> FormsOf(string text)
    {
        var bytes = IPAddress.Parse(text).GetAddressBytes();
        string Hex(int at) => $"{bytes[at]:x2}{bytes[at + 1]:x2}";
        return
        [
            text,
            $"::ffff:{text}",
            $"64:ff9b::{text}",
            $"2002:{Hex(0)}:{Hex(2)}::1",
            $"2a00:1450::5efe:{Hex(0)}:{Hex(2)}",
            $"2a00:1450::200:5efe:{Hex(0)}:{Hex(2)}",
        ];
    }

    private static WebhookHosts HostsOf(string setting) => WebhookHosts.From(SettingsOf(setting, "unused"));

    private static Settings SettingsOf(string setting, string folder) =>
        Settings.Load(
            new SettingSources(
                new Dictionary<string, string> { [SettingNames.WebhookHosts] = setting, [SettingNames.Data] = folder },
                new Dictionary<string, string>(),
                Path.GetTempPath(),
                _ => null
            )
        );

    private static async Task<StrictWorld> WorldAsync(string setting)
    {
        var world = await JobWorld.CreateAsync(StoreKind.DuckDb);
        return new StrictWorld(
            world,
            new JobHost(
                SettingsOf(setting, world.Settings.DataFolder),
                world.Store,
                TestJobs.Catalogue,
                TimeProvider.System,
                options: JobWorld.Quick
            )
        );
    }

    /// <summary>A host over a world's store with another list of webhooks' hosts.</summary>
    private sealed record StrictWorld(JobWorld World, JobHost Jobs) : IAsyncDisposable
    {
        public AlertService Alerts => Jobs.Alerts;

        public async ValueTask DisposeAsync()
        {
            await Jobs.DisposeAsync();
            await World.DisposeAsync();
        }
    }

    /// <summary>Answers the first request with these bytes, and leaves the connection open.</summary>
    private sealed class RawServer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> clients = [];

        public RawServer(string answer)
        {
            listener.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
            _ = AnswerAsync(Encoding.ASCII.GetBytes(answer));
        }

        public Uri Url { get; }

        public void Dispose()
        {
            listener.Dispose();
            clients.ForEach(client => client.Dispose());
        }

        private async Task AnswerAsync(byte[] answer)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync();
                clients.Add(client);
                var buffer = new byte[4096];
                _ = await client.GetStream().ReadAsync(buffer);
                await client.GetStream().WriteAsync(answer);
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
            {
                // The client has heard enough, or the test is over.
            }
        }
    }
}
