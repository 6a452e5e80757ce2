using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Retail.Erasure;

/// <summary>Who is to be erased.</summary>
public sealed record EraseOptions
{
    [Description("The customer's key, as in dim_customer.customer_id.")]
    [Range(0L, long.MaxValue)]
    public long? Customer { get; init; }

    [Description("An e-mail of the customer, in place of the key; all customers who have or had it are erased.")]
    public string? Email { get; init; }
}
