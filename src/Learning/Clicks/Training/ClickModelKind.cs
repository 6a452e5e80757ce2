namespace Tradepost.Learning.Clicks.Training;

/// <summary>What a click model is made of.</summary>
public enum ClickModelKind
{
    /// <summary>Linear part, factorization machine and perceptron on one table of embeddings (H. Guo and others, IJCAI 2017).</summary>
    DeepFm,

    /// <summary>Linear part and second-order interactions (S. Rendle, ICDM 2010).</summary>
    FactorizationMachine,

    /// <summary>The linear part alone.</summary>
    LogisticRegression,
}
