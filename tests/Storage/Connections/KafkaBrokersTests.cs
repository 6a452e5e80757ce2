using Tradepost.Storage.Connections;

namespace Tradepost.Storage.Tests.Connections;

public sealed class KafkaBrokersTests
{
    [Theory]
    [InlineData("localhost", "localhost:9092", "")]
    [InlineData("a:1, b.example:2", "a:1,b.example:2", "")]
    [InlineData("kafka://a:1,b", "a:1,b:9092", "")]
    [InlineData(
        "kafka://u:p%40%3A@a:1,b:2",
        "a:1,b:2",
        "sasl.mechanism=PLAIN sasl.password=p@: sasl.username=u security.protocol=sasl_ssl"
    )]
    [InlineData(
        "kafka://u:p@a?sasl.mechanism=SCRAM-SHA-512&security.protocol=SASL_PLAINTEXT",
        "a:9092",
        "sasl.mechanism=SCRAM-SHA-512 sasl.password=p sasl.username=u security.protocol=SASL_PLAINTEXT"
    )]
    [InlineData("kafka://a?security.protocol=ssl&ssl.ca.location=%2Fca.crt", "a:9092", "security.protocol=ssl ssl.ca.location=/ca.crt")]
    public void Addresses_are_taken_apart(string text, string hosts, string properties)
    {
        var brokers = KafkaBrokers.Parse("KAFKA_BROKERS", text);

        brokers.Hosts.ShouldBe(hosts);
        string.Join(
                ' ',
                brokers.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value.Reveal()}")
            )
            .ShouldBe(properties);
    }

    [Theory]
    [InlineData("http://a:9092", "host:9092,other:9092")]
    [InlineData("u:hunter2@a:9092", "kafka://user:password@host")]
    [InlineData("a:9092,,b", "host:9092,other:9092")]
    [InlineData("a:70000", "a port from 1 to 65535")]
    [InlineData("kafka://u:hunter2@a?acks=0", "allowed are security.protocol, sasl.mechanism")]
    [InlineData("kafka://u:hunter2@a?sasl.mechanism=GSSAPI", "PLAIN, SCRAM-SHA-256, SCRAM-SHA-512")]
    [InlineData("kafka://u:hunter2@a?security.protocol=tls", "plaintext, ssl, sasl_plaintext, sasl_ssl")]
    [InlineData("kafka://u:hunter2@a?ssl.key.password", "has no value")]
    public void Bad_addresses_are_refused_with_what_is_allowed(string text, string allowed)
    {
        var refused = Should.Throw<ConfigurationException>(() => KafkaBrokers.Parse("KAFKA_BROKERS", text));

        refused.Message.ShouldStartWith("KAFKA_BROKERS: ");
        refused.Message.ShouldContain(allowed);
        refused.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public void Addresses_print_without_secrets() =>
        KafkaBrokers
            .Parse("KAFKA_BROKERS", "kafka://u:hunter2@a,b?ssl.key.password=hunter3")
            .ToString()
            .ShouldBe("kafka://u:***@a:9092,b:9092");
}
